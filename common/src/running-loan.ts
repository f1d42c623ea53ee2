/**
 * A loan that was paid out, as the phone computes with it: cents, hundredths of a percent,
 * dates as text. `readLoan` makes it of the API's LoanApplication and FineCharges.
 */
import type { IsoDate } from "./dates";
import { annuity, type LoanType } from "./loans";
import { type Cents, fromDecimal } from "./money";

export interface Instalment {
  number: number;
  dueDate: IsoDate;
  principal: Cents;
  interest: Cents;
  remaining: Cents;
  paidPrincipal: Cents;
  paidInterest: Cents;
}

/** A late fine; each instalment is fined once, so that settled and waived ones count too. */
export interface LoanFine {
  instalment: number | null;
  chargedOn: IsoDate;
  amount: Cents;
  paid: Cents;
  status: "OPEN" | "SETTLED" | "WAIVED";
}

export interface RunningLoan {
  loanType: LoanType;
  status: string;
  amount: Cents;
  rate: number;
  months: number;
  grace: number;
  /** PROJECT: the equal instalment; else 0. */
  annuity: Cents;
  disbursedOn: IsoDate | null;
  /** The day up to which `accruedInterest` was counted, after principal was paid ahead. */
  accruedOn: IsoDate | null;
  accruedInterest: Cents;
  instalments: readonly Instalment[];
  fines: readonly LoanFine[];
  /** The group's terms when the loan was applied for. */
  lateFine: Cents;
  graceDays: number;
  earlyDays: number;
}

/** The fields of LoanApplication that the phone asks for. */
export interface LoanCopy {
  loanType: LoanType;
  status: string;
  loanAmount: string;
  interestRate: string;
  durationMonths: number;
  graceMonths: number;
  disbursedOn: IsoDate | null;
  accruedOn: IsoDate | null;
  accruedInterest: string;
  terms: { lateFine: string; graceDays: number; earlyDays: number };
  repaymentSchedule: readonly {
    number: number;
    dueDate: IsoDate;
    principal: string;
    interest: string;
    remainingBalance: string;
    paidPrincipal: string;
    paidInterest: string;
  }[];
}

/** The fields of FineCharge; the loan's are those that carry its id. */
export interface FineCopy {
  instalment: number | null;
  chargedOn: IsoDate;
  amount: string;
  paid: string;
  status: LoanFine["status"];
}

/** `fines` are the loan's, settled and waived ones too: they come apart, as they change apart. */
export function readLoan(copy: LoanCopy, fines: readonly FineCopy[]): RunningLoan {
  const amount = fromDecimal(copy.loanAmount);
  // A Percent is written as Money is: "12.50" is 1250 hundredths.
  const rate = fromDecimal(copy.interestRate);
  const isProject = copy.loanType === "PROJECT";
  return {
    loanType: copy.loanType,
    status: copy.status,
    amount,
    rate,
    months: copy.durationMonths,
    grace: copy.graceMonths,
    annuity: isProject ? annuity(amount, rate, copy.durationMonths - copy.graceMonths) : 0,
    disbursedOn: copy.disbursedOn,
    accruedOn: copy.accruedOn,
    accruedInterest: fromDecimal(copy.accruedInterest),
    lateFine: fromDecimal(copy.terms.lateFine),
    graceDays: copy.terms.graceDays,
    earlyDays: copy.terms.earlyDays,
    fines: fines.map((fine) => ({
      instalment: fine.instalment,
      chargedOn: fine.chargedOn,
      status: fine.status,
      amount: fromDecimal(fine.amount),
      paid: fromDecimal(fine.paid),
    })),
    instalments: copy.repaymentSchedule.map((row) => ({
      number: row.number,
      dueDate: row.dueDate,
      principal: fromDecimal(row.principal),
      interest: fromDecimal(row.interest),
      remaining: fromDecimal(row.remainingBalance),
      paidPrincipal: fromDecimal(row.paidPrincipal),
      paidInterest: fromDecimal(row.paidInterest),
    })),
  };
}
