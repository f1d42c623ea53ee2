/** What is owed on a loan on a day, as app/services/loan_position.py. Money in cents. */
import { addDays, daysBetween, type IsoDate } from "./dates";
import { type Cents, sumCents } from "./money";
import { share } from "./ratio";
import type { Instalment, LoanFine, RunningLoan } from "./running-loan";

export interface Position {
  outstandingPrincipal: Cents;
  /** Of the whole schedule that is left. */
  outstandingInterest: Cents;
  /** Open fines. */
  fines: Cents;
  /** What should have been paid before that day, fines included. */
  arrears: Cents;
  /** Since the oldest day on which something was due that is not paid. */
  daysOverdue: number;
  nextDue: IsoDate | null;
  /** Of the instalment that is due next, without what is overdue. */
  nextAmount: Cents;
  /** What settles the loan that day: principal and interest to date, and open fines. */
  payoff: Cents;
}

/** The loan's position, with the fines as they are charged; zero where it is not running. */
export function positionOn(loan: RunningLoan, today: IsoDate): Position {
  const fines = openFines(loan.fines);
  const running = loan.status === "DISBURSED";
  const left = running ? unsettled(loan.instalments) : [];
  const overdue = left.filter((row) => row.dueDate < today);
  const coming = left.find((row) => row.dueDate >= today);
  return {
    outstandingPrincipal: sumCents(left.map(owedPrincipal)),
    outstandingInterest: sumCents(left.map(owedInterest)),
    fines,
    arrears: running ? sumCents(overdue.map(owed)) + fines : 0,
    daysOverdue: overdue[0] ? daysBetween(overdue[0].dueDate, today) : 0,
    nextDue: coming?.dueDate ?? null,
    nextAmount: coming ? owed(coming) : 0,
    payoff: running ? settleNow(loan, today) + fines : 0,
  };
}

/**
 * What is asked for at the table: everything due up to and with `today`, and the fines that a
 * payment today would charge. It is what `allocate` pays first.
 */
export function dueToday(loan: RunningLoan, today: IsoDate): Cents {
  if (loan.status !== "DISBURSED") return 0;
  const due = unsettled(loan.instalments).filter((row) => row.dueDate <= today);
  return sumCents(due.map(owed)) + openFines(finesOn(loan, today));
}

/** What settles the loan by a payment today, with the fines that it would charge. */
export function settlesToday(loan: RunningLoan, today: IsoDate): Cents {
  if (loan.status !== "DISBURSED") return 0;
  return settleNow(loan, today) + openFines(finesOn(loan, today));
}

/**
 * The fines that count for a payment on `day`, oldest first: those charged by then, and those of
 * instalments that are late on it and were not fined yet (app/services/operations/repayments.py).
 */
export function finesOn(loan: RunningLoan, day: IsoDate): LoanFine[] {
  const fined = new Set(loan.fines.map((fine) => fine.instalment));
  const limit = addDays(day, -loan.graceDays);
  const late = unsettled(loan.instalments).filter(
    (row) => row.dueDate < limit && loan.lateFine > 0 && !fined.has(row.number),
  );
  const made = late.map(
    (row): LoanFine => ({
      instalment: row.number,
      chargedOn: day,
      amount: loan.lateFine,
      paid: 0,
      status: "OPEN",
    }),
  );
  return [...loan.fines, ...made].filter((fine) => fine.chargedOn <= day).sort(oldestFirst);
}

function oldestFirst(a: LoanFine, b: LoanFine): number {
  if (a.chargedOn !== b.chargedOn) return a.chargedOn < b.chargedOn ? -1 : 1;
  return (a.instalment ?? 0) - (b.instalment ?? 0);
}

function openFines(fines: readonly LoanFine[]): Cents {
  const open = fines.filter((fine) => fine.status === "OPEN");
  return sumCents(open.map((fine) => fine.amount - fine.paid));
}

export function owedPrincipal(row: Instalment): Cents {
  return row.principal - row.paidPrincipal;
}

export function owedInterest(row: Instalment): Cents {
  return row.interest - row.paidInterest;
}

function owed(row: Instalment): Cents {
  return owedPrincipal(row) + owedInterest(row);
}

/** Nothing of its principal and interest is left to pay. */
export function isSettled(row: Instalment): boolean {
  return owedPrincipal(row) <= 0 && owedInterest(row) <= 0;
}

/** In order of number; the rows themselves, not copies. */
export function unsettled<Row extends Instalment>(rows: readonly Row[]): Row[] {
  return rows.filter((row) => !isSettled(row)).sort((a, b) => a.number - b.number);
}

/** Principal and interest to date, without fines. SHORT_TERM owes all its interest always. */
function settleNow(loan: RunningLoan, today: IsoDate): Cents {
  const left = unsettled(loan.instalments);
  if (loan.loanType === "SHORT_TERM") return sumCents(left.map(owed));
  const due = left.filter((row) => row.dueDate <= today);
  const fixed = sumCents(left.map(owedPrincipal)) + sumCents(due.map(owedInterest));
  const coming = left.filter((row) => row.dueDate > today);
  const running = coming[0];
  if (!running) return fixed;
  // Lateness adds no interest: principal that is overdue counts as paid when it was due.
  const toDate = accrued(
    loan,
    loan.instalments,
    running,
    sumCents(coming.map(owedPrincipal)),
    today,
  );
  return fixed + Math.max(0, toDate - running.paidInterest);
}

/** The day from which the running instalment's interest counts. */
export function periodStart(
  loan: RunningLoan,
  rows: readonly Instalment[],
  running: Instalment,
): IsoDate {
  const before = rows.find((row) => row.number === running.number - 1);
  const start = before?.dueDate ?? loan.disbursedOn;
  if (!start) throw new Error("a loan that is not paid out has no running instalment");
  return start;
}

/** Interest of the running period up to `today`, pro rata by days, half-even; what was accrued
 * on a higher balance before principal was paid ahead is in it. */
export function accrued(
  loan: RunningLoan,
  rows: readonly Instalment[],
  running: Instalment,
  principal: Cents,
  today: IsoDate,
): Cents {
  const start = periodStart(loan, rows, running);
  const { accruedOn } = loan;
  const counts = accruedOn !== null && start < accruedOn && accruedOn <= running.dueDate;
  const since = counts ? accruedOn : start;
  const counted = counts ? loan.accruedInterest : 0;
  const days = daysBetween(since, today < running.dueDate ? today : running.dueDate);
  if (days <= 0) return counted;
  return counted + partOfMonth(loan, principal, days, daysBetween(start, running.dueDate));
}

/** Interest in cents of `days` out of a period of `of` days. */
export function partOfMonth(loan: RunningLoan, principal: Cents, days: number, of: number): Cents {
  return share(principal, [loan.rate, days], 12 * 100_00 * of);
}
