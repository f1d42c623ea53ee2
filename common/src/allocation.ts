/**
 * How a payment on a loan would be divided, as app/services/loan_allocation.py: what is due
 * first, oldest instalment first, in each fine, then interest, then principal. The rest pays
 * the next instalments of a SHORT_TERM loan; of the others it is principal now, and later
 * interest is computed anew. What is over everything goes to the member's savings. Cents.
 */
import { addDays, daysBetween, type IsoDate } from "./dates";
import { type Part, replan } from "./loans";
import { type Cents, sumCents } from "./money";
import {
  accrued,
  finesOn,
  isSettled,
  owedInterest,
  owedPrincipal,
  partOfMonth,
  periodStart,
  unsettled,
} from "./repayment";
import type { Instalment, LoanFine, RunningLoan } from "./running-loan";

export interface Allocation {
  fines: Cents;
  interest: Cents;
  principal: Cents;
  /** What is over, which goes to the member's savings. */
  savings: Cents;
  /** Paid on a loan that was written off: the group's other income. */
  recovered: Cents;
  /** Nothing of the loan is left to pay. */
  completed: boolean;
  /** The loan after the payment, for a further one before the server's copy comes. */
  loan: RunningLoan;
}

interface Work {
  loan: RunningLoan;
  rows: Instalment[];
  fines: LoanFine[];
  day: IsoDate;
  rest: Cents;
  paid: { fines: Cents; interest: Cents; principal: Cents };
}

/**
 * Divides `amount` cents paid on `day`, and changes nothing that is given. An instalment that
 * falls due within the group's early days counts as due; at most one that is not due yet does.
 */
export function allocate(loan: RunningLoan, amount: Cents, day: IsoDate): Allocation {
  const work = start(loan, amount, day);
  if (loan.status === "WRITTEN_OFF")
    return { ...result(work, false), savings: 0, recovered: amount };
  for (const row of payable(work)) {
    payFines(work, row.number);
    pay(work, row);
  }
  if (loan.loanType === "SHORT_TERM") for (const row of unsettled(work.rows)) pay(work, row);
  else if (work.rest && !unsettled(work.rows).some((row) => row.dueDate <= day)) payAhead(work);
  const completed = work.rows.every(isSettled);
  if (completed) payFines(work, null);
  else if (work.rest) throw new Error("money is left although the loan is not paid");
  return result(work, completed);
}

function start(loan: RunningLoan, amount: Cents, day: IsoDate): Work {
  return {
    loan: { ...loan },
    rows: loan.instalments.map((row) => ({ ...row })).sort((a, b) => a.number - b.number),
    fines: finesOn(loan, day).map((fine) => ({ ...fine })),
    day,
    rest: amount,
    paid: { fines: 0, interest: 0, principal: 0 },
  };
}

function result(work: Work, completed: boolean): Allocation {
  const { loan, rows, fines, rest, paid, day } = work;
  const later = loan.fines.filter((fine) => fine.chargedOn > day);
  const status = completed ? "COMPLETED" : loan.status;
  const after = { ...loan, status, instalments: rows, fines: [...fines, ...later] };
  return { ...paid, savings: completed ? rest : 0, recovered: 0, completed, loan: after };
}

function payable({ loan, rows, day }: Work): Instalment[] {
  const left = unsettled(rows);
  const coming = left.find((row) => row.dueDate > day);
  const early = addDays(day, loan.earlyDays);
  return left.filter((row) => row.dueDate <= day || (row === coming && row.dueDate <= early));
}

/** Pays the open fines of an instalment; null: of all that are left. */
function payFines(work: Work, number: number | null): void {
  for (const fine of work.fines) {
    if (fine.status !== "OPEN" || (number !== null && fine.instalment !== number)) continue;
    const part = Math.min(work.rest, fine.amount - fine.paid);
    fine.paid += part;
    if (fine.paid === fine.amount) fine.status = "SETTLED";
    work.paid.fines += part;
    work.rest -= part;
  }
}

function pay(work: Work, row: Instalment): void {
  const interest = Math.min(work.rest, owedInterest(row));
  take(work, row, interest, Math.min(work.rest - interest, owedPrincipal(row)));
}

function take(work: Work, row: Instalment, interest: Cents, principal: Cents): void {
  row.paidInterest += interest;
  row.paidPrincipal += principal;
  work.paid.interest += interest;
  work.paid.principal += principal;
  work.rest -= interest + principal;
}

/** Principal of a loan on the reducing balance before it is due. */
function payAhead(work: Work): void {
  const { loan, day } = work;
  const left = unsettled(work.rows);
  const running = left[0];
  if (!running) return;
  const balance = sumCents(left.map(owedPrincipal));
  const toDate = accrued(loan, work.rows, running, balance, day);
  const interestOwed = Math.max(0, toDate - running.paidInterest);
  const settles = work.rest >= balance + interestOwed;
  // Between the principal and what settles the loan, the interest to date comes first.
  const interest = work.rest >= balance ? Math.min(work.rest, interestOwed) : 0;
  take(work, running, interest, Math.min(balance, work.rest - interest));
  if (settles) settle(work, running);
  else planAnew(work, running, sumCents(left.map(owedPrincipal)), toDate);
}

function settle(work: Work, running: Instalment): void {
  running.principal = running.paidPrincipal;
  running.interest = running.paidInterest;
  running.remaining = 0;
  work.rows = work.rows.filter((row) => row.number <= running.number || isSettled(row));
}

/** The rest of the schedule on a lower balance: instalments stay equal, so it is shorter. */
function planAnew(work: Work, running: Instalment, balance: Cents, toDate: Cents): void {
  const { loan, day } = work;
  const from = periodStart(loan, work.rows, running);
  const of = daysBetween(from, running.dueDate);
  const days = Math.min(daysBetween(day, running.dueDate), of);
  if (day > from) Object.assign(loan, { accruedOn: day, accruedInterest: toDate });
  const parts = new Map(replanned(loan, running.number, balance).map((one) => [one.number, one]));
  work.rows = work.rows.filter((row) => isSettled(row) || parts.has(row.number));
  for (const row of work.rows) {
    const part = parts.get(row.number);
    if (part) become(row, part);
  }
  const anew = toDate + partOfMonth(loan, balance, days, of);
  running.interest = Math.max(running.paidInterest, anew);
}

function replanned(loan: RunningLoan, number: number, balance: Cents): Part[] {
  const { loanType, amount, rate, months, grace } = loan;
  const each = loanType === "LONG_TERM" ? Math.floor(amount / months) : loan.annuity;
  return replan({ loanType, balance, rate, months, grace, number, each });
}

function become(row: Instalment, part: Part): void {
  row.principal = row.paidPrincipal + part.principal;
  row.interest = part.interest;
  row.remaining = part.remaining;
}
