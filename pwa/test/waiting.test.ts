/** What this phone knows and the books do not yet: laid over the copies, added to the sums. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { describe, expect, it } from "vitest";
import type { BodyOf, Group, Member, Operation, OperationBody } from "../src/lib/model";
import { kindOf, OPERATIONS } from "../src/operations";
import { loanOf } from "../src/operations/applyForLoan";
import type { FineCharge } from "../src/records/fineCharges";
import { groups } from "../src/records/groups";
import type { Loan } from "../src/records/loans";
import { loans } from "../src/records/loans";
import { members } from "../src/records/members";
import { cashOf, savingsOf } from "../src/state/balances";
import { costOf, dueNow, owedOn, savedByMonth } from "../src/state/loans";
import { laidOver, waitingChanges } from "../src/state/waiting";
import { GROUP, groupNode, loanNode, loanStory, memberNode, payment } from "./fixtures";

const operation = (body: OperationBody, more: Partial<Operation> = {}): Operation => ({
  id: body.input.offlineSyncId,
  seq: 1,
  type: body.type,
  timestamp: Date.parse("2026-11-20T09:00:00Z"),
  status: "waiting",
  groupId: GROUP,
  makes: [],
  needs: [],
  tries: 0,
  uncertain: false,
  settledAt: null,
  code: null,
  outcome: null,
  ...(kindOf(body.type)?.about(body) ?? { entityId: "", memberId: "" }),
  ...more,
  body,
});

const jane: Member = members.fromNode(memberNode("jane") as never);
const loan = (more: object = {}): Loan => loans.fromNode(loanNode("loan", "jane", more) as never);

describe("a loan on this phone", () => {
  const story = loanStory("jane");
  const shown = (copy: Loan, bodies: OperationBody[], at = 1, more: Partial<Operation> = {}) =>
    laidOver("loans", copy, at, waitingChanges(bodies.map((body) => operation(body, more))));
  const own = loanOf(story.application, GROUP);

  it("is approved once nobody's approval is missing, and then paid out", () => {
    const half = shown(own, [story.approval]);
    expect(half).toMatchObject({ status: "PENDING", approvalsMissing: ["GROUP_CHAIR"] });
    expect(half.pending?.type).toBe("approveLoan");
    const whole = shown(own, [story.approval, story.signature]);
    expect(whole).toMatchObject({ status: "APPROVED", approvedDate: "2026-11-20" });
    expect(whole.approvals.map(({ by }) => by.name)).toEqual(["Officer", "Chair"]);
    const paid = shown(own, [story.approval, story.signature, story.disbursement]);
    expect(paid).toMatchObject({
      status: "DISBURSED",
      disbursedOn: "2026-11-02",
      outstandingPrincipal: 1_200_000,
    });
    expect(paid.schedule.map((row) => row.dueDate)).toEqual([
      "2026-12-02",
      "2027-01-02",
      "2027-02-02",
    ]);
  });

  it("forgets what was taken back, and does not count twice what the books know", () => {
    const repaid = { ...story.repayment, input: { ...story.repayment.input, loanId: "loan" } };
    const at = (run: number, more: Partial<Operation>) =>
      shown(loan({ status: "DISBURSED" }), [repaid], run, more).paidHere.length;
    expect(at(5, {})).toBe(1);
    expect(at(5, { status: "removed" })).toBe(0);
    // Saved by a run that only sent; the copy is older.
    expect(at(5, { status: "saved", settledRun: 6 })).toBe(1);
    expect(at(6, { status: "saved", settledRun: 6 })).toBe(0);
    expect(at(5, { status: "saved" })).toBe(0);
    expect(at(5, { status: "held", settledRun: 6 })).toBe(0);
  });

  it("needs the approvals of its size", () => {
    const sized = (amount: string) =>
      loanOf(
        { ...story.application, input: { ...story.application.input, amount } },
        GROUP,
      ).approvalsMissing.join(" ");
    expect(sized("49999.99")).toBe("FIELD_OFFICER GROUP_CHAIR");
    expect(sized("50000.00")).toBe("FIELD_OFFICER GROUP_COMMITTEE GROUP_COMMITTEE");
    expect(sized("200000.00")).toBe("FIELD_OFFICER GROUP_COMMITTEE GROUP_COMMITTEE");
    expect(sized("200000.01")).toContain("SYSTEM_ADMIN");
  });
});

describe("what is due", () => {
  // Instalments of 4,400 on 15 Oct (paid), 15 Nov and 15 Dec; three days of grace.
  const running = loan({ status: "DISBURSED", disbursedOn: "2026-09-15" });
  const fine = {
    loanId: "loan",
    instalment: 2,
    chargedOn: "2026-11-19",
    amount: 10_000,
    paid: 0,
    status: "OPEN",
  } as FineCharge;

  it("is what fell due until today, with its fines", () => {
    expect(dueNow(running, [], "2026-11-14").now).toBe(0);
    expect(dueNow(running, [], "2026-11-15")).toMatchObject({ now: 440_000, arrears: 0 });
    // The fine that a payment today would charge, or the one that the worker has charged.
    expect(dueNow(running, [], "2026-11-20").now).toBe(450_000);
    expect(dueNow(running, [fine, { ...fine, loanId: "another" }], "2026-11-20")).toMatchObject({
      now: 450_000,
      arrears: 450_000,
      settles: 890_000,
    });
  });

  it("is less what was repaid on this phone", () => {
    const paidHere = [{ amount: 450_000, date: "2026-11-20" }];
    expect(dueNow({ ...running, paidHere }, [fine], "2026-11-20")).toMatchObject({
      now: 0,
      arrears: 0,
      settles: 440_000,
      nextDue: "2026-12-15",
    });
    const all = [...paidHere, { amount: 500_000, date: "2026-11-20" }];
    expect(dueNow({ ...running, paidHere: all }, [fine], "2026-12-20").now).toBe(0);
    expect(dueNow(loan(), [], "2026-12-20").now).toBe(0);
    expect(owedOn([running, loan()], [], "2026-11-20")).toBe(800_000);
  });

  it("is known in full before anyone applies", () => {
    const terms = groups.fromNode(groupNode() as never).terms;
    if (!terms) throw new Error("no terms");
    const wanted = { loanType: "SHORT_TERM", amount: 1_200_000, durationMonths: 3, graceMonths: 0 };
    const cost = costOf(terms, wanted as never, "2026-11-01");
    expect(cost).toMatchObject({ interestRate: 1000, fee: 12_000, totalRepayable: 1_320_000 });
    expect(cost.schedule.map((row) => row.dueDate)).toEqual([
      "2026-12-01",
      "2027-01-01",
      "2027-02-01",
    ]);
  });
});

it("savings by month are regular ones, without what lies at the office", () => {
  const row = (id: string, memberId: string, date: string, kind = "REGULAR") =>
    ({ id, memberId, date, kind, amount: 50_000 }) as never;
  const rows = [
    row("1", "jane", "2026-08-31"),
    row("2", "jane", "2026-08-01"),
    row("3", "jane", "2026-10-01"),
    row("4", "jane", "2026-10-02", "WELFARE"),
    row("6", "ann", "2026-09-01"),
    row("7", "ann", "2026-10-01"),
  ];
  const saved = savedByMonth(rows, new Map([["7", { status: "held" as const }]]));
  expect(Object.fromEntries(saved)).toEqual({
    jane: { "2026-08": 100_000, "2026-10": 50_000 },
    ann: { "2026-09": 50_000 },
  });
});

describe("sums", () => {
  const paid = (amount: string, more: Partial<BodyOf<"recordContribution">["input"]> = {}) => {
    const { body } = payment("jane", amount);
    return { ...body, input: { ...body.input, ...more } } as BodyOf<"recordContribution">;
  };
  const withdrawal: BodyOf<"withdrawSavings"> = {
    type: "withdrawSavings",
    memberName: "Jane",
    groupName: "Umoja",
    input: {
      id: uuidv7(),
      offlineSyncId: uuidv7(),
      memberId: "jane",
      amount: "200.00",
      reason: "School",
      paymentMethod: "CASH",
    },
  };
  const movement = (kind: "EXPENSE" | "FROM_BANK", paymentMethod: "CASH" | "MPESA" = "CASH") =>
    ({
      type: "recordMovement",
      groupName: "Umoja",
      input: {
        id: uuidv7(),
        offlineSyncId: uuidv7(),
        groupId: GROUP,
        movement: kind,
        amount: "30.00",
        paymentMethod,
        description: "Tea",
      },
    }) satisfies BodyOf<"recordMovement">;

  it("of a member's savings by fund have what is on this phone in them", () => {
    const operations = [
      operation(paid("300.00")),
      operation(paid("50.00", { contributionType: "WELFARE" })),
      operation(paid("70.00", { contributionType: "FINE" })),
      operation(withdrawal),
      operation(paid("999.00"), { status: "held", settledRun: 9 }),
      operation(paid("11.00"), { status: "saved", settledRun: 9 }),
      operation(paid("22.00"), { status: "saved", settledRun: 3 }),
      operation(paid("44.00"), { memberId: "ann" }),
    ];
    expect(savingsOf(jane, operations, 3)).toEqual({
      regular: { books: 50_000, here: 11_100, total: 61_100 },
      welfare: { books: 0, here: 5_000, total: 5_000 },
      project: { books: 0, here: 0, total: 0 },
    });
  });

  it("of the cash on the table count what came and went, held money too", () => {
    const group = { id: GROUP, cashBalance: 100_000 } as Group;
    const { disbursement, repayment } = loanStory("jane");
    const operations = [
      operation(paid("300.00")),
      operation(paid("500.00", { paymentMethod: "MPESA" })),
      operation(withdrawal),
      operation(movement("EXPENSE")),
      operation(movement("FROM_BANK")),
      operation(movement("FROM_BANK", "MPESA")),
      operation(disbursement, { status: "rejected" }),
      operation(repayment),
      operation(paid("1.00"), { status: "held", settledRun: 9 }),
      operation(paid("2.00"), { status: "held", settledRun: 2 }),
      operation(paid("4.00"), { groupId: "other" }),
      operation(paid("8.00"), { status: "removed" }),
    ];
    const here = 30_000 - 20_000 - 1_200_000 + 440_000 + 100;
    expect(cashOf(group, operations, 2)).toEqual({ books: 100_000, here, total: 100_000 + here });
    expect(cashOf({ ...group, cashBalance: null }, [], 0).total).toBe(0);
  });
});

it("names every kind of operation by the name under which it is registered", () => {
  for (const [name, kind] of Object.entries(OPERATIONS)) expect(kind.type).toBe(name);
  expect(kindOf("toString")).toBeNull();
});
