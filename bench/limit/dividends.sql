-- A year's runs and shares of all groups in $1, in one statement: figures, largest remainder,
-- rows. ($2: first day, $3: last day.) Whole cents only: the data has no half cents of profit.
WITH income AS (
  SELECT p.group_id,
    coalesce(-sum(p.amount) FILTER (WHERE p.account <> 'APPRECIATION_FEES'), 0)::bigint AS profit,
    coalesce(-sum(p.amount) FILTER (WHERE p.account = 'APPRECIATION_FEES'), 0)::bigint AS fees
  FROM posting p
  JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
  WHERE p.group_id = ANY ($1) AND e.booking_date BETWEEN $2 AND $3
    AND p.account IN ('LOAN_INTEREST', 'FINES', 'REGISTRATION_FEES', 'OTHER_INCOME',
      'OPERATING_EXPENSES', 'LOAN_LOSSES', 'APPRECIATION_FEES')
  GROUP BY p.group_id
), saved AS (
  SELECT p.group_id, p.member_id, -sum(p.amount)::bigint AS savings
  FROM posting p
  JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
  JOIN member m ON m.id = p.member_id
  WHERE p.group_id = ANY ($1) AND e.booking_date <= $3 AND p.account = 'MEMBER_SAVINGS'
    AND m.is_active AND m.erased_at IS NULL
  GROUP BY p.group_id, p.member_id
  HAVING sum(p.amount) < 0
), run AS (
  INSERT INTO plain_run (id, group_id, fiscal_year, status, total_profit, appreciation_fees,
    profit_share, distributable, total_savings, inputs, savings_on, calculated_at, calculated_by,
    change_sequence)
  SELECT gen_random_uuid(), s.group_id, extract(year FROM $3::date)::int, 'DRAFT',
    coalesce(i.profit, 0), coalesce(i.fees, 0), 7000,
    greatest(coalesce(i.profit, 0), 0) * 7000 / 10000 + greatest(coalesce(i.fees, 0), 0),
    s.total, '{}', $3, now(), s.group_id, 1
  FROM (SELECT group_id, sum(savings)::bigint AS total FROM saved GROUP BY group_id) AS s
  LEFT JOIN income AS i ON i.group_id = s.group_id
  RETURNING id, group_id, distributable, total_savings
), part AS (
  SELECT run.id, s.group_id, s.member_id, s.savings, run.distributable,
    run.distributable * s.savings / run.total_savings AS whole,
    run.distributable * s.savings % run.total_savings AS remainder
  FROM saved AS s
  JOIN run ON run.group_id = s.group_id
), ranked AS (
  SELECT *,
    row_number() OVER (PARTITION BY id ORDER BY remainder DESC, savings DESC, member_id) AS place,
    distributable - sum(whole) OVER (PARTITION BY id) AS missing
  FROM part
)
INSERT INTO plain_allocation (run_id, member_id, group_id, savings, amount)
SELECT id, member_id, group_id, savings, whole + CASE WHEN place <= missing THEN 1 ELSE 0 END
FROM ranked
