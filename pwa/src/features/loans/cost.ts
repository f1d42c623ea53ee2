/** What a loan costs, in the sentences that the member hears before the application. */
import { type Cents, formatKes } from "@tablebanking/common/money";
import type { Line } from "../../operations/kind";
import type { Loan } from "../../records/loans";

export type Costed = Pick<
  Loan,
  | "loanType"
  | "loanAmount"
  | "graceMonths"
  | "fee"
  | "schedule"
  | "totalInterest"
  | "totalRepayable"
  | "annualPercentageRate"
>;

/** "76.3 %" of hundredths of a percent, rounded to one place; none where it is a whole. */
export function formatPercent(hundredths: number): string {
  const tenths = Math.floor((hundredths + 5) / 10);
  const rest = tenths % 10;
  const percent = Math.floor(tenths / 10).toLocaleString("en-KE");
  return `${percent}${rest === 0 ? "" : `.${rest}`}\u00a0%`;
}

export function costInWords(loan: Costed): Line[] {
  const cost = loan.totalInterest + loan.fee;
  const lines: Line[] = [
    { key: "loan.youGet", values: { amount: formatKes(loan.loanAmount - loan.fee) } },
    paidBack(loan),
  ];
  if (cost === 0) return [...lines, { key: "loan.costsNothing" }];
  const rate = formatPercent(loan.annualPercentageRate);
  lines.push({ key: "loan.costs", values: { amount: formatKes(cost), rate } });
  if (loan.fee > 0) {
    lines.push({ key: "loan.feeWithin", values: { amount: formatKes(loan.fee) } });
  }
  return lines;
}

function paidBack({ loanType, schedule, graceMonths, totalRepayable }: Costed): Line {
  const grace = loanType === "PROJECT" ? graceMonths : 0;
  const totals = schedule.map((row) => row.principal + row.interest);
  const after = totals.slice(grace);
  const [each = 0] = after;
  const last = after.at(-1) ?? 0;
  const values = { total: formatKes(totalRepayable), count: totals.length, grace };
  const money = (cents: Cents) => formatKes(cents);
  if (totals.length === 1) return { key: "loan.backOnce", values };
  if (grace > 0) {
    const interest = money(totals[0] ?? 0);
    return { key: "loan.backGrace", values: { ...values, interest, each: money(each) } };
  }
  if (totals.every((total) => total === each)) {
    return { key: "loan.backEqual", values: { ...values, each: money(each) } };
  }
  const equalFirst = after.slice(0, -1).every((total) => total === each);
  return {
    key: equalFirst ? "loan.backEqualLast" : "loan.backLess",
    values: { ...values, each: money(each), last: money(last) },
  };
}
