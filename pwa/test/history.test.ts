import { describe, expect, it } from "vitest";
import type { Savings } from "../src/state/balances";
import { byMonth, entriesOf, finesOwed, type Records } from "../src/state/history";
import { statementOf } from "../src/state/statement";

const contribution = (id: string, date: string, amount: number) => ({
  id,
  memberId: "m",
  groupId: "g",
  amount,
  kind: "REGULAR" as const,
  method: "CASH" as const,
  date,
  receiptNumber: `TB-${id}`,
  transactionId: null,
  operationId: null,
});

const records = {
  contributions: [
    contribution("c1", "2026-10-06", 50_000),
    contribution("c2", "2026-11-03", 70_000),
  ],
  repayments: [
    {
      id: "r1",
      groupId: "g",
      memberId: "m",
      loanId: "l1",
      amount: 44_000,
      split: null,
      date: "2026-11-03",
      method: "CASH",
      transactionId: null,
      receiptNumber: "TB-r1",
      isReversed: false,
    },
  ],
  movements: [
    {
      id: "w1",
      groupId: "g",
      memberId: "m",
      kind: "WITHDRAWAL",
      amount: 20_000,
      date: "2026-11-10",
      description: "School fees",
      method: "CASH",
      transactionId: null,
      receiptNumber: "TB-w1",
      isReversed: true,
    },
  ],
  loans: [
    { id: "l1", disbursedOn: "2026-10-20", loanAmount: 120_000, purpose: "Seeds" },
    { id: "l2", disbursedOn: null, loanAmount: 10_000, purpose: "Not paid out" },
  ],
  fines: [
    {
      id: "f1",
      chargedOn: "2026-11-11",
      amount: 5_000,
      paid: 2_000,
      reason: "MISSED_MEETING",
      status: "OPEN",
      note: null,
      loanId: null,
    },
    {
      id: "f2",
      chargedOn: "2026-11-12",
      amount: 1_000,
      paid: 0,
      reason: "OTHER",
      status: "WAIVED",
      note: "Ill",
      loanId: null,
    },
  ],
} as unknown as Records;

const states = new Map([["c2", { status: "waiting" as const }]]);

describe("a member's history", () => {
  const entries = entriesOf(records, states);
  const months = byMonth(entries);

  it("has all kinds, the newest first, and nothing of a loan that was not paid out", () => {
    expect(entries.map(({ id }) => id)).toEqual(["f2", "f1", "w1", "r1", "c2", "l1", "c1"]);
  });

  it("sums each month by what really moved", () => {
    expect(months.map(({ month, paidIn, paidOut }) => [month, paidIn, paidOut])).toEqual([
      ["2026-11", 114_000, 0],
      ["2026-10", 50_000, 120_000],
    ]);
  });

  it("says what is not with the server yet, and what was taken out of the books", () => {
    expect(entries.find(({ id }) => id === "c2")?.status).toBe("waiting");
    expect(entries.filter(({ reversed }) => reversed).map(({ id }) => id)).toEqual(["f2", "w1"]);
  });

  it("counts the fines that are still owed", () => {
    expect(finesOwed(records.fines)).toBe(3_000);
  });

  it("becomes a statement that marks what is not in the books", () => {
    const none = { books: 0, here: 0, total: 0 };
    const savings: Savings = {
      regular: { books: 50_000, here: 70_000, total: 120_000 },
      welfare: none,
      project: none,
    };
    const facts = { memberName: "Jane", groupName: "Umoja", savings, months, language: "en" };
    const text = statementOf({ ...facts, finesOwed: 3_000, loansOwed: 0, today: "2026-11-27" });
    expect(text).toContain("Savings: 1,200.00");
    expect(text).toContain("Tue 3 Nov · Savings · +700.00 * · TB-c2");
    expect(text).toContain("Loan paid out · \u22121,200.00");
    expect(text).toContain("Fines owed: 30.00");
    expect(text.endsWith("* not yet in the books")).toBe(true);
    expect(text).not.toContain("Owed on loans");
  });
});
