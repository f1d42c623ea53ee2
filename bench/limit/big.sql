-- Books to measure on: two groups with little and much in them over the same five years, and a
-- federation of groups of 30. Chains and running balances mean nothing here: no report that is
-- measured reads them back, and verify-books is not run.

CREATE FUNCTION new_group(number int, county text) RETURNS uuid LANGUAGE sql AS $$
  INSERT INTO banking_group (id, name, group_code, county, constituency, ward, meeting_day,
    meeting_venue, registration_date, status, settings, version, book_sequence, chain_head,
    change_sequence, created_at)
  VALUES (md5('g' || number)::uuid, 'Group ' || number, 'G-' || number, county, 'Turkana Central',
    'Township', 'monday', 'Hall', '2020-01-01', 'ACTIVE', '{}', 1, 0, decode(repeat('00', 32), 'hex'),
    0, now())
  RETURNING id
$$;

-- Two postings an entry; entries are booked up to two days before the day they come in on.
CREATE FUNCTION fill_ledger(owner uuid, entries int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO journal_entry (id, group_id, sequence, booking_date, value_date, kind, reference,
    actor_id, recorded_at, hash)
  SELECT gen_random_uuid(), owner, s, day, day, 'TEST', 'REF', owner, now(),
    decode(repeat('00', 32), 'hex')
  FROM (SELECT s, current_date - 1 - ((entries - s)::bigint * 1826 / entries)::int - s % 3 AS day
        FROM generate_series(1, entries) AS s) AS numbered;
  INSERT INTO posting (group_id, sequence, line, account, amount, balance_after, money_after,
    subcategory)
  SELECT owner, s, line, account, amount, 0, CASE WHEN subcategory IS NULL THEN NULL ELSE s END,
    subcategory
  FROM generate_series(1, entries) AS s
  CROSS JOIN LATERAL (SELECT 100 + s % 9973 AS cents) AS c
  CROSS JOIN LATERAL (VALUES
    (0, CASE WHEN s % 10 < 6 OR s % 10 = 9 THEN 'CASH' WHEN s % 10 = 7 THEN 'MPESA' ELSE 'BANK' END,
     CASE WHEN s % 10 = 9 THEN -cents ELSE cents END,
     CASE WHEN s % 10 = 8 THEN 'banking' WHEN s % 10 = 9 THEN 'expense' ELSE 'savings' END),
    (1, CASE WHEN s % 10 < 7 THEN 'MEMBER_SAVINGS' WHEN s % 10 = 7 THEN 'FINES'
        WHEN s % 10 = 8 THEN 'CASH' ELSE 'OPERATING_EXPENSES' END,
     CASE WHEN s % 10 = 9 THEN cents ELSE -cents END,
     CASE WHEN s % 10 = 8 THEN 'banking' END)
  ) AS p (line, account, amount, subcategory);
$$;

-- Last year: each member saves once, and three fines and a fee come in.
CREATE FUNCTION fill_federation(groups int, year int) RETURNS void LANGUAGE sql AS $$
  SELECT count(new_group(1000 + g, 'Turkana')) FROM generate_series(1, groups) AS g;
  INSERT INTO member (id, group_id, member_name, name_key, registration_date, is_active,
    id_verified, version, field_versions, change_sequence, created_at, created_by)
  SELECT md5('m' || g || ':' || m)::uuid, md5('g' || (1000 + g))::uuid, 'Member', 'member',
    '2020-01-01', true, true, 1, '{}', 0, now(), md5('m')::uuid
  FROM generate_series(1, groups) AS g, generate_series(1, 30) AS m;
  INSERT INTO journal_entry (id, group_id, sequence, booking_date, value_date, kind, reference,
    actor_id, recorded_at, hash)
  SELECT gen_random_uuid(), md5('g' || (1000 + g))::uuid, s, day, day, 'TEST', 'REF',
    md5('m')::uuid, now(), decode(repeat('00', 32), 'hex')
  FROM generate_series(1, groups) AS g, generate_series(1, 34) AS s,
    LATERAL (SELECT make_date(year, 1, 1) + s * 10 AS day) AS d;
  INSERT INTO posting (group_id, sequence, line, account, amount, balance_after, money_after,
    subcategory, member_id)
  SELECT md5('g' || (1000 + g))::uuid, s, line, account, amount, 0,
    CASE WHEN line = 0 THEN 0 END, CASE WHEN line = 0 THEN 'savings' END,
    CASE WHEN line = 1 AND s <= 30 THEN md5('m' || g || ':' || s)::uuid END
  FROM generate_series(1, groups) AS g, generate_series(1, 34) AS s,
    LATERAL (SELECT CASE WHEN s <= 30 THEN 50000 + (g * 7919 + s * 104729) % 900000
                    ELSE 1000 * (1 + (g + s) % 97) END AS cents) AS c,
    LATERAL (VALUES (0, 'CASH', cents),
      (1, CASE WHEN s <= 30 THEN 'MEMBER_SAVINGS' WHEN s < 34 THEN 'FINES'
          ELSE 'APPRECIATION_FEES' END, -cents)) AS p (line, account, amount);
  UPDATE banking_group SET book_sequence = 34 WHERE county = 'Turkana';
$$;

CREATE FUNCTION fill_totals() RETURNS void LANGUAGE sql AS $$
  INSERT INTO ledger_total
  SELECT p.group_id, p.account, span, start, count(*),
    coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0),
    coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0),
    coalesce(sum(p.amount) FILTER (WHERE p.amount > 0 AND p.subcategory = 'banking'), 0),
    coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0 AND p.subcategory = 'banking'), 0),
    min(p.sequence), max(p.sequence)
  FROM posting p
  JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
  CROSS JOIN LATERAL (VALUES ('D', e.booking_date),
    ('M', CAST(date_trunc('month', e.booking_date) AS date))) AS v (span, start)
  GROUP BY p.group_id, p.account, span, start;
  INSERT INTO account_balance (owner_id, account, group_id, balance)
  SELECT group_id, account, group_id, sum(debits - credits) FROM ledger_total WHERE span = 'M'
  GROUP BY group_id, account;
$$;

CREATE TABLE plain_run (LIKE dividend_run INCLUDING ALL);
CREATE TABLE plain_allocation (LIKE dividend_allocation INCLUDING ALL);
ALTER TABLE plain_run ADD FOREIGN KEY (group_id) REFERENCES banking_group;
ALTER TABLE plain_allocation ADD FOREIGN KEY (run_id) REFERENCES plain_run,
  ADD FOREIGN KEY (member_id) REFERENCES member, ADD FOREIGN KEY (group_id) REFERENCES banking_group;
