import { describe, expect, it } from "vitest";
import { allocate } from "./allocation";
import { type LoanTerms, planLoan } from "./loans";
import { dueToday, positionOn, settlesToday } from "./repayment";
import { type LoanCopy, type RunningLoan, readLoan } from "./running-loan";

/** Paid out on 1 January 2026; due on the 1st of each month from February on. */
function running(terms: Partial<LoanTerms> = {}, changes: Partial<RunningLoan> = {}): RunningLoan {
  const full = { loanType: "LONG_TERM", amount: 12_000_00, rate: 12_00, months: 12, ...terms };
  const planned = planLoan(full as LoanTerms, "2026-01-01");
  return {
    loanType: full.loanType as RunningLoan["loanType"],
    status: "DISBURSED",
    amount: full.amount,
    rate: full.rate,
    months: full.months,
    grace: 0,
    annuity: 0,
    disbursedOn: "2026-01-01",
    accruedOn: null,
    accruedInterest: 0,
    instalments: planned.map((one) => ({ ...one, paidPrincipal: 0, paidInterest: 0 })),
    fines: [],
    lateFine: 50_00,
    graceDays: 3,
    earlyDays: 7,
    ...changes,
  };
}

describe("what is owed", () => {
  it("asks for what is due up to and with today", () => {
    expect(dueToday(running(), "2026-01-31")).toBe(0);
    expect(dueToday(running(), "2026-02-01")).toBe(1_120_00);
    expect(positionOn(running(), "2026-02-01")).toMatchObject({
      arrears: 0,
      daysOverdue: 0,
      nextDue: "2026-02-01",
      nextAmount: 1_120_00,
    });
  });

  it("counts arrears and the days since, and the fine that a payment would charge", () => {
    expect(positionOn(running(), "2026-02-11")).toMatchObject({
      arrears: 1_120_00,
      daysOverdue: 10,
      fines: 0,
    });
    expect(dueToday(running(), "2026-02-04")).toBe(1_120_00);
    expect(dueToday(running(), "2026-02-05")).toBe(1_170_00);
  });

  it("settles with the interest to date", () => {
    // Half of February (14 of 28 days) on 12,000 at 1 % a month, and January's whole.
    expect(settlesToday(running(), "2026-01-01")).toBe(12_000_00);
    const paid = allocate(running(), 1_120_00, "2026-02-01").loan;
    expect(settlesToday(paid, "2026-02-15")).toBe(11_000_00 + 55_00);
  });

  it("is nothing once the loan is paid", () => {
    const { loan, completed } = allocate(running(), 12_000_00, "2026-01-01");
    expect(completed).toBe(true);
    expect(dueToday(loan, "2026-12-01") + settlesToday(loan, "2026-12-01")).toBe(0);
  });
});

describe("how a payment is divided", () => {
  it("pays fine, then interest, then principal", () => {
    const day = "2026-02-05";
    const parts = (amount: number) => {
      const { fines, interest, principal } = allocate(running(), amount, day);
      return [fines, interest, principal];
    };
    expect(parts(30_00)).toEqual([30_00, 0, 0]);
    expect(parts(100_00)).toEqual([50_00, 50_00, 0]);
    expect(parts(500_00)).toEqual([50_00, 120_00, 330_00]);
  });

  it("pays the next instalments of a short loan, and the member's savings", () => {
    const short = running({ loanType: "SHORT_TERM", amount: 3_000_00, rate: 10_00, months: 3 });
    expect(allocate(short, 2_200_00, "2026-02-01")).toMatchObject({
      interest: 200_00,
      principal: 2_000_00,
      completed: false,
    });
    expect(allocate(short, 3_500_00, "2026-02-01")).toMatchObject({
      interest: 300_00,
      principal: 3_000_00,
      savings: 200_00,
      completed: true,
    });
  });

  it("takes principal ahead, which makes later interest less and the loan shorter", () => {
    const { loan, principal } = allocate(running(), 5_120_00, "2026-02-01");
    expect(principal).toBe(5_000_00);
    expect(loan.instalments).toHaveLength(8);
    expect(loan.instalments[1]?.interest).toBe(70_00);
  });

  it("counts an instalment as due a few days before, but one only", () => {
    expect(allocate(running(), 1_120_00, "2026-01-25").interest).toBe(120_00);
    expect(allocate(running(), 1_120_00, "2026-01-24").interest).toBe(0);
  });

  it("gives money on a loan that was written off to the group", () => {
    const found = allocate(running({}, { status: "WRITTEN_OFF" }), 100_00, "2026-05-01");
    expect(found).toMatchObject({ recovered: 100_00, principal: 0, fines: 0, savings: 0 });
  });

  it("leaves what it was given as it was", () => {
    const loan = running();
    const before = structuredClone(loan);
    allocate(loan, 5_120_00, "2026-02-06");
    expect(loan).toEqual(before);
  });
});

it("reads the API's copy", () => {
  const copy: LoanCopy = {
    loanType: "PROJECT",
    status: "DISBURSED",
    loanAmount: "12000.00",
    interestRate: "12.50",
    durationMonths: 6,
    graceMonths: 2,
    disbursedOn: "2026-01-01",
    accruedOn: null,
    accruedInterest: "0.00",
    terms: { lateFine: "50.00", graceDays: 3, earlyDays: 7 },
    repaymentSchedule: [],
  };
  const loan = readLoan(copy, [
    { instalment: 1, chargedOn: "2026-02-05", amount: "50.00", paid: "20.00", status: "OPEN" },
  ]);
  expect(loan).toMatchObject({ amount: 12_000_00, rate: 12_50, months: 6, annuity: 3_078_53 });
  expect(positionOn(loan, "2026-02-06").fines).toBe(30_00);
});
