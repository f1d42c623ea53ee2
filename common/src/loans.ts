/**
 * Loan schedules to the cent, as app/services/loan_schedule.py; the cases of
 * tests/cases/loan_schedules.json judge both. Money in cents, rates in hundredths of a percent:
 * of the whole loan for SHORT_TERM, a year for the others.
 */
import { type IsoDate, parseDate } from "./dates";
import { type Cents, MAX_CENTS } from "./money";
import { roundHalfEven, share, splitEvenly } from "./ratio";

export type LoanType = "SHORT_TERM" | "LONG_TERM" | "PROJECT";

/** The shortest and the longest duration of each type, in months. */
export const MONTHS: Record<LoanType, readonly [number, number]> = {
  SHORT_TERM: [1, 3],
  LONG_TERM: [4, 60],
  PROJECT: [4, 60],
};
/** 100 %, in hundredths of a percent: the most that the calculator takes. */
export const HIGHEST_RATE = 100_00;

export interface LoanTerms {
  loanType: LoanType;
  amount: Cents;
  rate: number;
  months: number;
  /** PROJECT only: months of interest alone. */
  grace?: number;
  /** Paid each month on top; not SHORT_TERM. */
  extra?: Cents;
}

/** One instalment without its day; `remaining` is the principal left after it. */
export interface Part {
  number: number;
  principal: Cents;
  interest: Cents;
  remaining: Cents;
}

export interface Planned extends Part {
  dueDate: IsoDate;
}

export type LoanField =
  | "amount"
  | "interestRate"
  | "durationMonths"
  | "graceMonths"
  | "extraPayment";

/** The field, named as in the API, that stands against making a schedule; null if none does. */
export function wrongField(terms: LoanTerms): LoanField | null {
  const { loanType, amount, rate, months, grace = 0, extra = 0 } = terms;
  const [shortest, longest] = MONTHS[loanType];
  if (!isWhole(amount, 1, MAX_CENTS)) return "amount";
  if (!isWhole(rate, 0, HIGHEST_RATE)) return "interestRate";
  if (!isWhole(months, shortest, longest)) return "durationMonths";
  if (!isWhole(grace, 0, loanType === "PROJECT" ? months - 1 : 0)) return "graceMonths";
  return isWhole(extra, 0, loanType === "SHORT_TERM" ? 0 : MAX_CENTS) ? null : "extraPayment";
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** The schedule of a loan paid out on `start`. Throws where `wrongField` names one. */
export function planLoan(terms: LoanTerms, start: IsoDate): Planned[] {
  const field = wrongField(terms);
  if (field) throw new Error(`no schedule can be made of this ${field}`);
  return partsOf(terms).map((part) => ({ ...part, dueDate: monthsAfter(start, part.number) }));
}

function partsOf({ loanType, amount, rate, months, grace = 0, extra = 0 }: LoanTerms): Part[] {
  if (loanType === "SHORT_TERM") return flat(amount, rate, months);
  const rest: Rest = { loanType, balance: amount, rate, months, grace, number: 1, extra, each: 0 };
  rest.each =
    loanType === "LONG_TERM" ? Math.floor(amount / months) : annuity(amount, rate, months - grace);
  return replan(rest);
}

function flat(amount: Cents, rate: number, months: number): Part[] {
  const interests = splitEvenly(share(amount, [rate], 100_00), months);
  let remaining = amount;
  return splitEvenly(amount, months).map((principal, i) => {
    remaining -= principal;
    return { number: i + 1, principal, interest: interests[i] ?? 0, remaining };
  });
}

/** What is left of a LONG_TERM or PROJECT loan. */
export interface Rest {
  loanType: LoanType;
  balance: Cents;
  rate: number;
  months: number;
  grace: number;
  /** The instalment that comes next. */
  number: number;
  /** The equal principal (LONG_TERM) or the annuity (PROJECT). */
  each: Cents;
  extra?: Cents;
}

/** The instalments from `number` on. Paying ahead leaves `each` as it is, so there are fewer. */
export function replan(rest: Rest): Part[] {
  const parts: Part[] = [];
  for (let { balance, number } = rest; balance > 0; number += 1) {
    const interest = monthlyInterest(balance, rest.rate);
    const principal = number >= rest.months ? balance : partOf(rest, number, balance, interest);
    balance -= principal;
    parts.push({ number, principal, interest, remaining: balance });
  }
  return parts;
}

function partOf(rest: Rest, number: number, balance: Cents, interest: Cents): Cents {
  const { extra = 0, each } = rest;
  if (rest.loanType === "LONG_TERM") return Math.min(each + extra, balance);
  if (number <= rest.grace) return 0;
  return Math.min(Math.max(each - interest, 0) + extra, balance);
}

/** A month's interest in cents, half-even; `rate` in hundredths of a percent a year. */
export function monthlyInterest(balance: Cents, rate: number): Cents {
  return share(balance, [rate], 12 * 100_00);
}

/** The equal instalment that pays `amount` back in `months`, half-even to the cent. */
export function annuity(amount: Cents, rate: number, months: number): Cents {
  if (rate === 0) return Math.floor(amount / months);
  const year = 12n * 100_00n;
  const grown = (year + BigInt(rate)) ** BigInt(months);
  const top = BigInt(amount) * BigInt(rate) * grown;
  return Number(roundHalfEven(top, year * (grown - year ** BigInt(months))));
}

/** The same day so many months later, or the last of a month that is too short for it. */
export function monthsAfter(day: IsoDate, months: number): IsoDate {
  if (!parseDate(day)) throw new Error(`not a date: ${day}`);
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}
