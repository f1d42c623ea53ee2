/** What a loan costs, in sentences: what the member gets, what goes back, and what that is a year. */
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import type { MessageKey } from "../../i18n";
import type { Quote } from "./loans-api";

export type Costed = Pick<
  Quote,
  "fee" | "totalInterest" | "totalRepayable" | "annualPercentageRate"
> & {
  loanAmount: string;
  graceMonths: number;
  repaymentSchedule: readonly { total: string; principal: string }[];
};

export type Sentence = { key: MessageKey; values: Record<string, string | number> };

/** "76.3 %" of the API's "76.32": one place, none where it is a whole. */
export function percentText(percent: string): string {
  const tenths = Math.floor((fromDecimal(percent) + 5) / 10);
  const whole = Math.floor(tenths / 10).toLocaleString("en-KE");
  return `${whole}${tenths % 10 === 0 ? "" : `.${tenths % 10}`}\u00a0%`;
}

export function costInWords(loan: Costed): Sentence[] {
  const fee = fromDecimal(loan.fee);
  const cost = fromDecimal(loan.totalInterest) + fee;
  const gets = formatKes(fromDecimal(loan.loanAmount) - fee);
  const found: Sentence[] = [{ key: "loanCost.gets", values: { amount: gets } }, paidBack(loan)];
  if (cost === 0) return [...found, { key: "loanCost.nothing", values: {} }];
  const rate = percentText(loan.annualPercentageRate);
  found.push({ key: "loanCost.costs", values: { amount: formatKes(cost), rate } });
  if (fee > 0) found.push({ key: "loanCost.fee", values: { amount: formatKes(fee) } });
  return found;
}

function paidBack(loan: Costed): Sentence {
  const totals = loan.repaymentSchedule.map(({ total }) => fromDecimal(total));
  const whole = fromDecimal(loan.totalRepayable);
  const values = { total: formatKes(whole), count: totals.length, grace: loan.graceMonths };
  // Who has paid ahead has another schedule than was applied for.
  if (totals.reduce((sum, total) => sum + total, 0) !== whole) {
    return { key: "loanCost.back", values };
  }
  const after = totals.slice(loan.graceMonths);
  const [each = 0] = after;
  const last = after.at(-1) ?? 0;
  if (totals.length === 1) return { key: "loanCost.backOnce", values };
  if (loan.graceMonths > 0) {
    const interest = formatKes(totals[0] ?? 0);
    return { key: "loanCost.backGrace", values: { ...values, interest, each: formatKes(each) } };
  }
  if (totals.every((total) => total === each)) {
    return { key: "loanCost.backEqual", values: { ...values, each: formatKes(each) } };
  }
  const equalFirst = after.slice(0, -1).every((total) => total === each);
  return {
    key: equalFirst ? "loanCost.backEqualLast" : "loanCost.backLess",
    values: { ...values, each: formatKes(each), last: formatKes(last) },
  };
}
