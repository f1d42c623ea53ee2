import { expect, test } from "vitest";
import { type Application, blankFor, check, inputOf, quoteOf } from "./application";

const TERMS = { shortTermRate: "10.00", longTermRate: "12.00", projectRate: "8.00" };
const FULL: Application = {
  ...blankFor("jane"),
  amount: "9,000",
  purpose: "Seeds",
  witnesses: ["ann", "ben"],
};

test("an empty application names each field that is missing", () => {
  expect(Object.keys(check(blankFor(""), "10.00")).sort()).toEqual([
    "amount",
    "memberId",
    "purpose",
    "witnesses",
  ]);
  expect(check(FULL, "10.00")).toEqual({});
});

test("months that the kind of loan does not have are refused", () => {
  expect(check({ ...FULL, durationMonths: "4" }, "10.00")).toHaveProperty("durationMonths");
  expect(check({ ...FULL, durationMonths: "x" }, "10.00")).toHaveProperty("durationMonths");
  const project: Application = { ...FULL, loanType: "PROJECT", durationMonths: "12" };
  expect(check({ ...project, graceMonths: "12" }, "10.00")).toHaveProperty("graceMonths");
  expect(check({ ...project, graceMonths: "2" }, "10.00")).toEqual({});
});

test("a quote is asked for at the group's rate of that kind, once it can be made", () => {
  expect(quoteOf(FULL, TERMS, "group")).toMatchObject({ interestRate: "10.00", amount: "9000.00" });
  const long: Application = { ...FULL, loanType: "LONG_TERM", durationMonths: "12" };
  expect(quoteOf(long, TERMS, "group")?.interestRate).toBe("12.00");
  expect(quoteOf({ ...FULL, amount: "" }, TERMS, "group")).toBeNull();
  expect(quoteOf(FULL, null, "group")).toBeNull();
});

test("what is sent carries cents as the API writes them, and only chosen witnesses", () => {
  expect(inputOf({ ...FULL, witnesses: ["ann", ""] })).toMatchObject({
    amount: "9000.00",
    witnesses: ["ann"],
    graceMonths: null,
  });
  expect(inputOf({ ...FULL, memberId: "" })).toBeNull();
});
