import { describe, expect, it } from "vitest";
import cases from "../../tests/cases/loan_schedules.json";
import { annuity, type LoanTerms, type LoanType, monthsAfter, planLoan, wrongField } from "./loans";
import { fromDecimal, toDecimal } from "./money";
import { annualPercentageRate, feeOf, quoteLoan } from "./quote";
import { roundHalfEven, splitEvenly } from "./ratio";

const terms = (changes: Partial<LoanTerms> = {}): LoanTerms => ({
  loanType: "PROJECT",
  amount: 10_000_00,
  rate: 12_00,
  months: 12,
  ...changes,
});

describe("schedules", () => {
  it("has the shared cases", () => expect(cases.length).toBeGreaterThan(10));

  it.each(cases)("is the shared one: $loanType $principal over $durationMonths", (row) => {
    const planned = planLoan(
      {
        loanType: row.loanType as LoanType,
        amount: fromDecimal(row.principal),
        rate: Math.round(Number(row.rate) * 100),
        months: row.durationMonths,
        grace: row.graceMonths,
        extra: fromDecimal(row.extraPayment),
      },
      "2026-01-31",
    );
    const found = planned.map((one) => ({
      number: one.number,
      principal: toDecimal(one.principal),
      interest: toDecimal(one.interest),
      total: toDecimal(one.principal + one.interest),
      remainingBalance: toDecimal(one.remaining),
    }));
    expect(found).toEqual(row.schedule);
  });

  it("falls due on the same day of the month, or its last", () => {
    const days = planLoan(terms({ months: 4 }), "2026-01-31").map((one) => one.dueDate);
    expect(days).toEqual(["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    expect(monthsAfter("2024-01-31", 1)).toBe("2024-02-29");
    expect(monthsAfter("2026-11-30", 3)).toBe("2027-02-28");
    expect(() => monthsAfter("2026-02-30", 1)).toThrow();
  });

  it.each([
    ["amount", { amount: 0 }],
    ["amount", { amount: 10.5 }],
    ["interestRate", { rate: -1 }],
    ["interestRate", { rate: 100_01 }],
    ["durationMonths", { months: 61 }],
    ["durationMonths", { loanType: "SHORT_TERM", months: 4 }],
    ["graceMonths", { grace: 12 }],
    ["graceMonths", { loanType: "LONG_TERM", grace: 1 }],
    ["extraPayment", { extra: -1 }],
    ["extraPayment", { loanType: "SHORT_TERM", months: 3, extra: 1 }],
  ] as [string, Partial<LoanTerms>][])("names the field %s of %o", (field, changes) => {
    expect(wrongField(terms(changes))).toBe(field);
    expect(() => planLoan(terms(changes), "2026-01-01")).toThrow(field);
  });

  it("stays exact where a product passes 2^53", () => {
    expect(annuity(9_999_999_999_99, 100_00, 60)).toBe(84023052155);
    expect(wrongField(terms())).toBeNull();
  });
});

describe("rounding", () => {
  it("goes to the even one of two that are as near", () => {
    const halves = [-3n, -1n, 1n, 3n, 5n].map((top) => roundHalfEven(top, 2n));
    expect(halves).toEqual([-2n, 0n, 0n, 2n, 2n]);
    expect(roundHalfEven(26n, 10n)).toBe(3n);
    expect(roundHalfEven(-24n, 10n)).toBe(-2n);
  });

  it("leaves the remainder of a split to the last part", () => {
    expect(splitEvenly(100, 3)).toEqual([33, 33, 34]);
  });
});

describe("the full cost", () => {
  it("is the monthly rate compounded", () => {
    const quote = quoteLoan(terms({ loanType: "LONG_TERM" }), "2026-01-01");
    expect(quote).toMatchObject({ fee: 0, totalInterest: 650_00, totalRepayable: 10_650_00 });
    expect(quote.annualPercentageRate).toBe(12_68);
  });

  it("has the group's fee in it, which is never more than the loan", () => {
    const short = terms({ loanType: "SHORT_TERM", rate: 10_00, months: 3 });
    expect(quoteLoan(short, "2026-01-01").annualPercentageRate).toBe(77_98);
    const group = { appreciationFee: 0, appreciationPercent: 1_00 };
    const quote = quoteLoan(short, "2026-01-01", group);
    expect(quote.fee).toBe(100_00);
    expect(quote.annualPercentageRate).toBeGreaterThan(77_98);
    expect(feeOf({ appreciationFee: 500_00, appreciationPercent: 0 }, 100_00)).toBe(100_00);
  });

  it("is nothing where a loan costs nothing or brings nothing", () => {
    expect(annualPercentageRate(300, [100, 100, 100])).toBe(0);
    expect(annualPercentageRate(0, [100])).toBe(0);
  });

  it("doubles each month at 100 % a month, and has a highest value", () => {
    expect(annualPercentageRate(100_00, [200_00])).toBe((2 ** 12 - 1) * 100_00);
    expect(annualPercentageRate(1, [999_999_999_999])).toBe(10 ** 15);
  });
});
