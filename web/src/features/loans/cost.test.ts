import { expect, test } from "vitest";
import { t } from "../../i18n";
import { type Costed, costInWords, percentText } from "./cost";

const rows = (...totals: string[]) => totals.map((total) => ({ total, principal: total }));
const LOAN: Costed = {
  loanAmount: "9000.00",
  fee: "0.00",
  graceMonths: 0,
  totalInterest: "900.00",
  totalRepayable: "9900.00",
  annualPercentageRate: "78.03",
  repaymentSchedule: rows("3300.00", "3300.00", "3300.00"),
};
const said = (changes: Partial<Costed>) =>
  costInWords({ ...LOAN, ...changes })
    .map(({ key, values }) => t(key, values))
    .join(" ")
    .replaceAll("\u00a0", " ");

test("says what is got, what goes back, and what that is a year", () => {
  expect(said({})).toBe(
    "The member gets KES 9,000.00. KES 9,900.00 are paid back in 3 months: KES 3,300.00 each month. The loan costs KES 900.00, which is 78 % a year.",
  );
});

test("takes the fee off what is got", () => {
  const text = said({ fee: "100.00" });
  expect(text).toContain("The member gets KES 8,900.00.");
  expect(text).toContain("costs KES 1,000.00");
  expect(text).toContain("KES 100.00 of this is the group's fee");
});

test("finds the words for every kind of schedule", () => {
  expect(said({ repaymentSchedule: rows("9900.00") })).toContain("after one month");
  expect(
    said({ repaymentSchedule: rows("3300.00", "3300.00", "3300.00"), graceMonths: 1 }),
  ).toContain("KES 3,300.00 (interest only) in the first 1 month,");
  expect(said({ repaymentSchedule: rows("4000.00", "4000.00", "1900.00") })).toContain(
    "KES 4,000.00 each month, KES 1,900.00 in the last.",
  );
  expect(said({ repaymentSchedule: rows("4000.00", "3300.00", "2600.00") })).toContain(
    "then less each month, KES 2,600.00 in the last.",
  );
});

test("says only the whole of a schedule that has changed since", () => {
  expect(said({ repaymentSchedule: rows("3300.00", "3300.00") })).toContain(
    "KES 9,900.00 in all are paid back.",
  );
});

test("rounds a percentage to one place, none where it is whole", () => {
  expect(percentText("76.32")).toBe("76.3\u00a0%");
  expect(percentText("12.00")).toBe("12\u00a0%");
  expect(percentText("12.96")).toBe("13\u00a0%");
});
