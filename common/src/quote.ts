/** What a loan would cost, as app/services/loan_quote.py. Money in cents. */
import type { IsoDate } from "./dates";
import { type LoanTerms, type LoanType, type Planned, planLoan } from "./loans";
import { type Cents, sumCents } from "./money";
import { roundHalfEven, share } from "./ratio";

/** A group's appreciation fee: flat in cents, or a share of the loan in hundredths of a percent. */
export interface FeeTerms {
  appreciationFee: Cents;
  appreciationPercent: number;
}

export interface Quote {
  fee: Cents;
  planned: Planned[];
  totalInterest: Cents;
  totalRepayable: Cents;
  /** Hundredths of a percent a year, the fee included. */
  annualPercentageRate: number;
}

/** The fee in cents, never more than the loan (app/services/operations/loans.py). */
export function feeOf(terms: FeeTerms, amount: Cents): Cents {
  const part = share(amount, [terms.appreciationPercent], 100_00);
  return Math.min(terms.appreciationFee + part, amount);
}

/** The group's rate for a type, in hundredths of a percent. */
export function rateOf(
  settings: { shortTermRate: number; longTermRate: number; projectRate: number },
  loanType: LoanType,
): number {
  if (loanType === "SHORT_TERM") return settings.shortTermRate;
  return loanType === "LONG_TERM" ? settings.longTermRate : settings.projectRate;
}

/** The schedule and the full cost of a loan paid out on `start`; without a group no fee. */
export function quoteLoan(terms: LoanTerms, start: IsoDate, group?: FeeTerms): Quote {
  const planned = planLoan(terms, start);
  const fee = group ? feeOf(group, terms.amount) : 0;
  const totals = planned.map((one) => one.principal + one.interest);
  return {
    fee,
    planned,
    totalInterest: sumCents(planned.map((one) => one.interest)),
    totalRepayable: sumCents(totals),
    annualPercentageRate: annualPercentageRate(terms.amount - fee, totals),
  };
}

/** Fixed point with so many binary places. */
const PLACES = 128n;
const ONE = 1n << PLACES;
const HIGHEST = 10n ** 15n;

/**
 * (1 + monthly internal rate of return)^12 - 1 in hundredths of a percent, half-even;
 * `received` is the principal less the fee, `totals` what is paid month by month, in cents. 0
 * where the loan costs nothing, or nothing is received.
 *
 * With x = 1 / (1 + rate), the payments are worth a polynomial of x that rises and curves
 * upward, so Newton's method comes down from x = 1 to the root and never passes it. It is
 * integer arithmetic of 128 binary places; a result never lies on a half, whose root would
 * not be rational.
 */
export function annualPercentageRate(received: Cents, totals: readonly Cents[]): number {
  if (received <= 0 || sumCents(totals) <= received) return 0;
  let x = ONE;
  for (;;) {
    const [value, slope] = worth(totals, x);
    const step = ((value - (BigInt(received) << PLACES)) << PLACES) / slope;
    if (step <= 0n) break;
    x -= step;
  }
  const power = x ** 12n;
  const yearly = roundHalfEven((ONE ** 12n - power) * 100_00n, power);
  return Number(yearly < HIGHEST ? yearly : HIGHEST);
}

/** Today's worth of the payments and its slope at x, by Horner's rule. */
function worth(totals: readonly Cents[], x: bigint): [value: bigint, slope: bigint] {
  let value = 0n;
  let slope = 0n;
  for (const total of [0, ...totals].reverse()) {
    slope = ((slope * x) >> PLACES) + value;
    value = ((value * x) >> PLACES) + (BigInt(total) << PLACES);
  }
  return [value, slope];
}
