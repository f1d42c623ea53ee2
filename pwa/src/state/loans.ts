/** What loans mean today, by the server's rules (common/src), with what waits on this phone. */
import { allocate } from "@tablebanking/common/allocation";
import type { IsoDate } from "@tablebanking/common/dates";
import { annuity, type LoanType } from "@tablebanking/common/loans";
import { type Cents, sumCents } from "@tablebanking/common/money";
import { quoteLoan, rateOf } from "@tablebanking/common/quote";
import { dueToday, type Position, positionOn, settlesToday } from "@tablebanking/common/repayment";
import type { RunningLoan } from "@tablebanking/common/running-loan";
import type { Contribution, Operation } from "../lib/model";
import type { LoanCost } from "../operations/applyForLoan";
import type { FineCharge } from "../records/fineCharges";
import type { GroupTerms } from "../records/groups";
import type { Loan } from "../records/loans";

/** Not decided, not paid out, or not paid back. */
export const isOpenLoan = ({ status }: Pick<Loan, "status">): boolean =>
  status === "PENDING" || status === "APPROVED" || status === "DISBURSED";

/** Its full cost, to show before the application and to keep with it. */
export function costOf(
  terms: GroupTerms,
  loan: { loanType: LoanType; amount: Cents; durationMonths: number; graceMonths: number },
  start: IsoDate,
): LoanCost {
  const interestRate = rateOf(terms, loan.loanType);
  const { loanType, amount, durationMonths: months } = loan;
  const grace = loanType === "PROJECT" ? loan.graceMonths : 0;
  const { planned, ...quote } = quoteLoan(
    { loanType, amount, rate: interestRate, months, grace },
    start,
    terms,
  );
  const { lateFine, graceDays, earlyDays } = terms;
  return {
    ...quote,
    interestRate,
    schedule: planned.map((row) => ({ ...row, paidPrincipal: 0, paidInterest: 0 })),
    terms: { lateFine, graceDays, earlyDays },
  };
}

/**
 * The loan as the rules of common/src take it, after the repayments that wait on this phone.
 * `fines` may be all of the group's: the loan's carry its id.
 */
export function runningLoan(loan: Loan, fines: readonly FineCharge[]): RunningLoan {
  const { loanType, loanAmount: amount, interestRate: rate, graceMonths: grace } = loan;
  const start: RunningLoan = {
    loanType,
    status: loan.status,
    amount,
    rate,
    months: loan.durationMonths,
    grace,
    annuity: loanType === "PROJECT" ? annuity(amount, rate, loan.durationMonths - grace) : 0,
    disbursedOn: loan.disbursedOn,
    accruedOn: loan.accruedOn,
    accruedInterest: loan.accruedInterest,
    instalments: loan.schedule,
    fines: fines.filter((fine) => fine.loanId === loan.id),
    ...loan.terms,
  };
  if (loan.status !== "DISBURSED") return start;
  return loan.paidHere.reduce(
    (running, { amount: paid, date }) => allocate(running, paid, date).loan,
    start,
  );
}

export interface Due extends Position {
  /** What is asked for at the table: all that is due up to today, with the fines. */
  now: Cents;
  /** What settles the loan today. */
  settles: Cents;
}

export function dueNow(loan: Loan, fines: readonly FineCharge[], today: IsoDate): Due {
  const running = runningLoan(loan, fines);
  return {
    ...positionOn(running, today),
    now: dueToday(running, today),
    settles: settlesToday(running, today),
  };
}

/** The principal that a member owes on all loans: withdrawals look at it. */
export const owedOn = (loans: readonly Loan[], fines: readonly FineCharge[], today: IsoDate) =>
  sumCents(loans.map((loan) => dueNow(loan, fines, today).outstandingPrincipal));

/**
 * Regular savings of each member by calendar month ("2026-11"), by the day they were paid, as
 * `LoanFacts.paidByMonth`; with what is on this phone, without what lies at the office.
 */
export function savedByMonth(
  contributions: readonly Contribution[],
  byEntity: ReadonlyMap<string, Pick<Operation, "status">>,
): Map<string, Record<string, Cents>> {
  const saved = new Map<string, Record<string, Cents>>();
  for (const row of contributions) {
    if (row.kind !== "REGULAR" || byEntity.get(row.id)?.status === "held") continue;
    const months = saved.get(row.memberId) ?? {};
    const month = row.date.slice(0, 7);
    months[month] = (months[month] ?? 0) + row.amount;
    saved.set(row.memberId, months);
  }
  return saved;
}
