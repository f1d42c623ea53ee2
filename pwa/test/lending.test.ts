import { placesFor } from "@tablebanking/common/approvals";
import type { LoanFacts } from "@tablebanking/common/eligibility";
import { describe, expect, it } from "vitest";
import { costInWords, formatPercent } from "../src/features/loans/cost";
import { earliestMonth, reasonsOf } from "../src/features/loans/eligibility";
import {
  atMeeting,
  latestDay,
  payToday,
  readAmount,
  readPayment,
} from "../src/features/loans/payment";
import {
  BLANK_TERMS,
  readTerms,
  termsFromQuery,
  termsQuery,
  withType,
} from "../src/features/loans/terms";
import { limitInWords, withdrawnIn } from "../src/features/loans/withdrawal";
import { groups } from "../src/records/groups";
import { type Loan, loans } from "../src/records/loans";
import type { Movement } from "../src/records/movements";
import { nextStep, type Row, staged, stageOf, stateOfInstalment } from "../src/state/loan-steps";
import { costOf, type Due } from "../src/state/loans";
import { GROUP, groupNode, loanNode } from "./fixtures";

const TERMS = groups.fromNode(groupNode() as never).terms;
if (!TERMS) throw new Error("the fixture has no terms");
const FREE = { ...TERMS, appreciationPercent: 0 };

const quoted = (
  loanType: Loan["loanType"],
  amount: number,
  months: number,
  grace = 0,
  terms = FREE,
) => {
  const asked = { loanType, amount, durationMonths: months, graceMonths: grace };
  return { ...asked, ...costOf(terms, asked, "2026-11-27"), loanAmount: amount };
};

const said = (loan: Parameters<typeof costInWords>[0]) =>
  costInWords(loan).map(({ key, values = {} }) => [key, values] as const);

describe("the size of a loan", () => {
  it("is read as it is typed, and says what is wrong beside each field", () => {
    expect(readTerms({ ...BLANK_TERMS, amount: "9,000" }).terms).toEqual({
      loanType: "SHORT_TERM",
      amount: 9_000_00,
      durationMonths: 3,
      graceMonths: 0,
    });
    expect(readTerms({ ...BLANK_TERMS, amount: "0", months: "4" })).toEqual({
      terms: null,
      errors: { amount: "edit.amountWrong", months: "loan.monthsWrong.SHORT_TERM" },
    });
    const project = { loanType: "PROJECT", amount: "100", months: "6", grace: "6" } as const;
    expect(readTerms(project).errors).toEqual({ grace: "loan.graceWrong" });
    expect(readTerms({ ...project, grace: "5" }).terms?.graceMonths).toBe(5);
    // What is not shown does not count.
    expect(readTerms({ ...BLANK_TERMS, amount: "5", grace: "x" }).terms?.graceMonths).toBe(0);
  });

  it("keeps the months where another type knows them", () => {
    expect(withType(BLANK_TERMS, "LONG_TERM").months).toBe("12");
    expect(
      withType({ ...BLANK_TERMS, loanType: "LONG_TERM", months: "20" }, "PROJECT").months,
    ).toBe("20");
  });

  it("goes from the calculator to the application", () => {
    const values = { loanType: "PROJECT", amount: "1,500.50", months: "9", grace: "2" } as const;
    expect(termsFromQuery(new URLSearchParams(termsQuery(values)))).toEqual(values);
    expect(termsFromQuery(new URLSearchParams("type=toString"))).toEqual(BLANK_TERMS);
  });
});

describe("the cost in words", () => {
  it("tells equal instalments", () => {
    expect(said(quoted("SHORT_TERM", 9_000_00, 3))).toEqual([
      ["loan.youGet", { amount: "KES\u00a09,000.00" }],
      [
        "loan.backEqual",
        { total: "KES\u00a09,900.00", count: 3, grace: 0, each: "KES\u00a03,300.00" },
      ],
      ["loan.costs", { amount: "KES\u00a0900.00", rate: "78\u00a0%" }],
    ]);
  });

  it("tells a last one that differs, one alone, falling ones and the months of interest only", () => {
    const keyOf = (loan: Parameters<typeof costInWords>[0]) => said(loan)[1]?.[0];
    expect(keyOf(quoted("SHORT_TERM", 10_000_00, 3))).toBe("loan.backEqualLast");
    expect(keyOf(quoted("SHORT_TERM", 10_000_00, 1))).toBe("loan.backOnce");
    expect(keyOf(quoted("LONG_TERM", 12_000_00, 12))).toBe("loan.backLess");
    expect(keyOf(quoted("PROJECT", 12_000_00, 12, 3))).toBe("loan.backGrace");
    expect(said(quoted("PROJECT", 12_000_00, 12, 3))[1]?.[1]).toMatchObject({
      grace: 3,
      interest: "KES\u00a0120.00",
    });
  });

  it("counts the fee into the cost and takes it off what is received", () => {
    const words = said(quoted("SHORT_TERM", 9_000_00, 3, 0, TERMS));
    expect(words[0]?.[1]).toEqual({ amount: "KES\u00a08,910.00" });
    expect(words[2]?.[1]).toMatchObject({ amount: "KES\u00a0990.00" });
    expect(words[3]).toEqual(["loan.feeWithin", { amount: "KES\u00a090.00" }]);
  });

  it("says so where it costs nothing", () => {
    const free = { ...FREE, shortTermRate: 0 };
    expect(said(quoted("SHORT_TERM", 900_00, 3, 0, free)).at(-1)?.[0]).toBe("loan.costsNothing");
  });

  it("writes rates with one place where there is one", () => {
    const rates = [10_00, 76_34, 76_35, 12_50, 5, 1_234_56];
    expect(rates.map(formatPercent)).toEqual(
      ["10", "76.3", "76.4", "12.5", "0.1", "1,234.6"].map((rate) => `${rate}\u00a0%`),
    );
  });
});

const FACTS: LoanFacts = {
  amount: 9_000_00,
  on: "2026-11-27",
  isActive: true,
  groupActive: true,
  minimumSaving: 500_00,
  paidByMonth: { "2026-08": 500_00, "2026-09": 500_00, "2026-10": 500_00 },
  regularSavings: 15_000_00,
  openLoans: 0,
  witnesses: ["a", "b"],
  mayWitness: () => true,
  hasIdFront: true,
  hasIdBack: true,
};
const AROUND = { memberId: "jane", openLoanId: "other", language: "en" };

describe("the reasons against a loan", () => {
  it("are none for who may have it", () => {
    expect(reasonsOf(FACTS, AROUND)).toEqual([]);
  });

  it("come all at once, each with something to do", () => {
    const worst = {
      ...FACTS,
      isActive: false,
      groupActive: false,
      paidByMonth: {},
      regularSavings: 100_00,
      openLoans: 1,
      witnesses: [],
      hasIdFront: false,
      hasIdBack: false,
    };
    const reasons = reasonsOf(worst, AROUND);
    expect(reasons.map(({ code }) => code)).toEqual([
      "MEMBER_LEFT",
      "GROUP_INACTIVE",
      "NOT_ENOUGH_MONTHS",
      "OVER_LIMIT",
      "LOAN_OPEN",
      "WITNESS_INVALID",
      "ID_MISSING",
    ]);
    expect(reasons.every(({ text, todo }) => text.key && todo.key)).toBe(true);
    expect(reasons[3]?.amount).toBe(300_00);
    expect(reasons[4]?.link?.path).toBe("/loans/other");
    expect(reasons[6]?.text.key).toBe("apply.no.ID");
  });

  it("name the months that are missing, and from when it is possible", () => {
    const paidByMonth = { "2026-08": 500_00, "2026-09": 499_99, "2026-10": 500_00 };
    const [reason] = reasonsOf({ ...FACTS, paidByMonth }, AROUND);
    expect(reason?.text.values).toEqual({ amount: "KES\u00a0500.00", months: "September 2026" });
    expect(reason?.todo.values).toMatchObject({ month: "January 2027" });
    expect(earliestMonth(["2026-08", "2026-10"], "2026-11-27")).toBe("2027-02");
  });

  it("name the side of the card that is missing", () => {
    const keyOf = (facts: LoanFacts) => reasonsOf(facts, AROUND)[0]?.text.key;
    expect(keyOf({ ...FACTS, hasIdFront: false })).toBe("apply.no.front");
    expect(keyOf({ ...FACTS, hasIdBack: false })).toBe("apply.no.back");
  });

  it("offer no amount where nothing is saved", () => {
    const [reason] = reasonsOf({ ...FACTS, regularSavings: 0 }, AROUND);
    expect([reason?.text.key, reason?.amount]).toEqual(["apply.no.SAVINGS", undefined]);
  });
});

const loan = (more: Partial<Loan> = {}): Loan => ({
  ...loans.fromNode(loanNode("loan", "jane") as never),
  status: "PENDING",
  approvals: [],
  approvalsMissing: placesFor(9_000_00),
  ...more,
});
const JANE = { idVerified: true, idSides: ["front", "back"] as ("front" | "back")[] };
const OFFICER = { id: "officer", name: "Otieno" };
const APPROVED_BY_ME = {
  approvals: [
    {
      role: "FIELD_OFFICER" as const,
      notes: null,
      decidedAt: "2026-11-27T09:00:00Z",
      onOfficersDevice: false,
      by: OFFICER,
    },
  ],
  approvalsMissing: ["GROUP_CHAIR" as const],
};

describe("what a loan waits for", () => {
  const step = (one: Loan, member: typeof JANE | undefined = JANE) =>
    nextStep(one, member, OFFICER.id);

  it("goes from the papers to the last instalment", () => {
    expect(step(loan(), { idVerified: false, idSides: ["front"] })).toBe("papers");
    expect(step(loan(), { ...JANE, idVerified: false })).toBe("verify");
    expect(step(loan())).toBe("approve");
    expect(step(loan(APPROVED_BY_ME))).toBe("sign");
    expect(step(loan({ status: "APPROVED" }))).toBe("payOut");
    expect(step(loan({ status: "DISBURSED" }))).toBe("repay");
    expect(step(loan({ status: "WRITTEN_OFF" }))).toBe("repay");
    expect(step(loan({ status: "COMPLETED" }))).toBe("done");
    expect(step(loan({ status: "REJECTED" }))).toBe("done");
  });

  it("waits for others where a loan is too large for a signature here", () => {
    expect(step(loan({ ...APPROVED_BY_ME, loanAmount: 50_000_00 }))).toBe("others");
    expect(step(loan({ ...APPROVED_BY_ME, approvalsMissing: ["SYSTEM_ADMIN"] }))).toBe("others");
  });

  it("asks nobody twice", () => {
    const approvalsMissing = placesFor(9_000_00);
    expect(step(loan({ ...APPROVED_BY_ME, approvalsMissing }))).toBe("sign");
  });
});

const due = (daysOverdue: number, nextDue: string | null = null) =>
  ({ daysOverdue, nextDue }) as Due;
const rowOf = (id: string, more: Partial<Row> & { loan?: Loan } = {}): Row => ({
  step: "repay",
  due: null,
  ...more,
  loan: { ...loan({ status: "DISBURSED" }), ...more.loan, id },
});

describe("the lists of loans", () => {
  it("put each under what it waits for", () => {
    expect(stageOf(loan(), "verify", null)).toBe("mine");
    expect(stageOf(loan(), "sign", null)).toBe("waiting");
    expect(stageOf(loan({ status: "APPROVED" }), "payOut", null)).toBe("money");
    expect(stageOf(loan({ status: "DISBURSED" }), "repay", due(1))).toBe("arrears");
    expect(stageOf(loan({ status: "DISBURSED" }), "repay", due(0))).toBe("running");
    expect(stageOf(loan({ status: "WRITTEN_OFF" }), "repay", null)).toBe("closed");
  });

  it("show the longest overdue first, and of the others what is due next", () => {
    const found = staged([
      rowOf("a", { due: due(3) }),
      rowOf("b", { due: due(40) }),
      rowOf("c", { due: due(0, "2026-12-20") }),
      rowOf("d", { due: due(0, "2026-12-01") }),
    ]);
    expect(found.get("arrears")?.map((row) => row.loan.id)).toEqual(["b", "a"]);
    expect(found.get("running")?.map((row) => row.loan.id)).toEqual(["d", "c"]);
  });

  it("say of each instalment whether it is paid, late, or due today", () => {
    const row = {
      number: 1,
      dueDate: "2026-11-27",
      principal: 1_000,
      interest: 100,
      remaining: 0,
      paidPrincipal: 0,
      paidInterest: 100,
    };
    expect(stateOfInstalment(row, "2026-11-26")).toEqual({ state: "part", left: 1_000 });
    expect(stateOfInstalment(row, "2026-11-27").state).toBe("today");
    expect(stateOfInstalment(row, "2026-11-28").state).toBe("late");
    expect(stateOfInstalment({ ...row, paidPrincipal: 1_000 }, "2026-11-28").state).toBe("paid");
    expect(stateOfInstalment({ ...row, paidInterest: 0 }, "2026-11-01").state).toBe("coming");
  });
});

describe("a payment", () => {
  const today = "2026-11-27";
  const values = { ...payToday(), date: today };

  it("is not of tomorrow, nor from before the loan", () => {
    expect(readPayment({ ...values, date: "2026-11-28" }, null, today).errors.date).toBe(
      "pay.dateFuture",
    );
    expect(readPayment(values, "2026-11-28", "2026-11-29").errors.date).toBe("pay.dateEarly");
    expect(readPayment({ ...values, date: "" }, null, today).paid).toBeNull();
  });

  it("has an M-Pesa code of ten, or none; cash has none", () => {
    const mpesa = { ...values, method: "MPESA" as const };
    expect(readPayment({ ...mpesa, code: "abc" }, null, today).errors.code).toBe("edit.codeWrong");
    expect(readPayment({ ...mpesa, code: "sjk4h7l2m9" }, null, today).paid?.transactionId).toBe(
      "SJK4H7L2M9",
    );
    expect(readPayment(mpesa, null, today).paid?.transactionId).toBeNull();
    expect(readPayment({ ...values, code: "sjk4h7l2m9" }, null, today).paid).toEqual({
      method: "CASH",
      date: today,
      transactionId: null,
    });
  });

  it("belongs to the open meeting on that meeting's day only", () => {
    const meeting = { id: "meeting", date: today };
    const paid = { method: "CASH" as const, date: today };
    expect(atMeeting(paid, meeting).meetingId).toBe("meeting");
    expect(atMeeting({ ...paid, date: "2026-11-26" }, meeting).meetingId).toBeUndefined();
    expect(atMeeting(paid, null).meetingId).toBeUndefined();
  });

  it("keeps the meeting's day where the phone's clock has jumped back", () => {
    expect(latestDay({ date: today }, "2024-01-01")).toBe(today);
    expect(latestDay({ date: "2026-11-20" }, today)).toBe(today);
    expect(latestDay(null, today)).toBe(today);
  });

  it("is more than nothing", () => {
    expect(["0", "", "x", "0.01"].map(readAmount)).toEqual([null, null, null, 1]);
  });
});

describe("savings that go out", () => {
  const movement = (more: Partial<Movement>): Movement => ({
    id: "m",
    groupId: GROUP,
    memberId: "jane",
    kind: "WITHDRAWAL",
    amount: 100_00,
    date: "2026-03-01",
    description: "",
    method: "CASH",
    transactionId: null,
    receiptNumber: "",
    isReversed: false,
    ...more,
  });

  it("count the year's withdrawals that stand", () => {
    const rows = [
      movement({}),
      movement({ amount: 50_00, date: "2025-12-31" }),
      movement({ amount: 25_00, isReversed: true }),
      movement({ amount: 12_00, kind: "WELFARE_PAYOUT" }),
    ];
    expect(withdrawnIn(rows, "2026-11-27")).toBe(100_00);
  });

  it("show the limit with the rule that sets it", () => {
    expect(limitInWords({ savings: 10_000_00, owed: 0, withdrawn: 0 })).toEqual({
      most: 5_000_00,
      lines: [{ key: "withdraw.half", values: { amount: "KES\u00a05,000.00" } }],
    });
    const owing = limitInWords({ savings: 10_000_00, owed: 27_000_00, withdrawn: 0 });
    expect(owing.most).toBe(1_000_00);
    expect(owing.lines[1]).toEqual({
      key: "withdraw.third",
      values: { amount: "KES\u00a01,000.00", owed: "KES\u00a027,000.00" },
    });
  });
});
