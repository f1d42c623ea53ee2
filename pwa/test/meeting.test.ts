import { uuidv7 } from "@tablebanking/common/uuid";
import { describe, expect, it } from "vitest";
import { countOf, differs, readPieces, shillings } from "../src/features/meeting/count";
import {
  type Cell,
  type CellKey,
  cellKey,
  type Draft,
  readDraft,
  usualCells,
  withoutCells,
} from "../src/features/meeting/sheet";
import { chosenLoans, openFines, runningLoans } from "../src/features/meeting/use-owed";
import type { SheetKind } from "../src/lib/model";
import type { OperationBody } from "../src/operations";
import type { FineCharge } from "../src/records/fineCharges";
import { type Loan, loans } from "../src/records/loans";
import {
  cashAtTable,
  clockJumpedBack,
  countRoll,
  entriesOf,
  openHere,
  quorumOf,
  reckon,
  totalsOf,
} from "../src/state/meetings";
import { openOperation } from "../src/sync/outbox";
import { freshStore, GROUP, loanNode, put } from "./fixtures";

const MEETING = uuidv7();

const paid = (memberId: string, amount: string, more: object = {}): OperationBody => ({
  type: "recordContribution",
  memberName: "Jane",
  groupName: "Umoja",
  input: {
    id: uuidv7(),
    offlineSyncId: uuidv7(),
    memberId,
    amount,
    contributionType: "REGULAR",
    paymentMethod: "CASH",
    contributionDate: "2026-11-26",
    meetingId: MEETING,
    ...more,
  },
});

const spent = (amount: string, movement: "EXPENSE" | "TO_BANK"): OperationBody => ({
  type: "recordMovement",
  groupName: "Umoja",
  input: {
    id: uuidv7(),
    offlineSyncId: uuidv7(),
    groupId: GROUP,
    movement,
    amount,
    paymentMethod: "CASH",
    description: "Tea",
    meetingId: MEETING,
  },
});

async function recorded(...bodies: OperationBody[]) {
  const store = await freshStore();
  await put(store, ...bodies.map((body) => ({ body })));
  const rows = await store.db.getAllFromIndex("pending_operations", "seq");
  return Promise.all(rows.map((row) => openOperation(store, row)));
}

describe("the money of a meeting", () => {
  it("is what names it, by what it was for and how it was paid", async () => {
    const operations = await recorded(
      paid("jane", "500.00"),
      paid("ann", "700.00"),
      paid("ann", "50.00", { contributionType: "WELFARE", paymentMethod: "MPESA" }),
      paid("mary", "900.00", { meetingId: null }),
      spent("200.00", "EXPENSE"),
      spent("100.00", "TO_BANK"),
    );
    const entries = entriesOf(operations, MEETING);
    expect(totalsOf(entries)).toEqual([
      { label: "EXPENSE", method: "CASH", amount: -200_00, count: 1 },
      { label: "REGULAR", method: "CASH", amount: 1200_00, count: 2 },
      { label: "TO_BANK", method: "CASH", amount: -100_00, count: 1 },
      { label: "WELFARE", method: "MPESA", amount: 50_00, count: 1 },
    ]);
    expect(cashAtTable(entries)).toEqual({ cashIn: 1200_00, cashOut: 200_00 });
  });

  it("leaves out what was taken back", async () => {
    const [operation] = await recorded(paid("jane", "500.00"));
    if (!operation) throw new Error("nothing recorded");
    expect(entriesOf([operation], MEETING)).toHaveLength(1);
    expect(entriesOf([{ ...operation, status: "removed" }], MEETING)).toEqual([]);
  });

  it("adds up to what is expected on the table, with what moved elsewhere", async () => {
    const entries = entriesOf(await recorded(paid("jane", "500.00")), MEETING);
    const meeting = { openingCash: 1000_00, broughtFromBank: 300_00 };
    // 20.00 came to the group's cash meanwhile without naming the meeting.
    const found = reckon(meeting, entries, 1820_00, 800_00);
    expect(found).toMatchObject({ elsewhere: 20_00, cashIn: 500_00, expected: 1020_00 });
    const { opening, brought, cashIn, cashOut, elsewhere, banked } = found;
    expect(opening + brought + cashIn - cashOut + elsewhere - banked).toBe(found.expected);
  });
});

describe("the open meeting that money goes to", () => {
  const opened = { type: "openMeeting", entityId: "mine", status: "saved" } as const;
  const meetings = [
    { id: "theirs", status: "OPEN" },
    { id: "mine", status: "OPEN" },
  ] as const;

  it("is the one that was opened on this phone", () => {
    expect(openHere(meetings, [opened])?.id).toBe("mine");
    expect(openHere(meetings, [])).toBeNull();
    expect(openHere([{ id: "mine", status: "CLOSED" }], [opened])).toBeNull();
    expect(openHere(meetings, [{ ...opened, status: "removed" }])).toBeNull();
  });
});

describe("who is there", () => {
  it("counts the late with those who are here, and the quorum as the server does", () => {
    const roll = countRoll(["a", "b", "c", "d"], { a: "PRESENT", b: "LATE", c: "ABSENT" }, 2);
    expect(roll).toEqual({
      here: 2,
      late: 1,
      excused: 0,
      absent: 1,
      notRecorded: 1,
      total: 4,
      quorumReached: true,
    });
    const terms = { quorumPercent: 50_00 } as never;
    expect(quorumOf({ terms }, 7)).toBe(4);
    expect(quorumOf({ terms: null }, 7)).toBe(0);
  });

  it("notices a clock that has jumped back", () => {
    const pulled = Date.parse("2026-11-26T12:00:00Z");
    expect(clockJumpedBack(pulled, "2026-11-25")).toBe(true);
    expect(clockJumpedBack(pulled, "2026-11-26")).toBe(false);
    expect(clockJumpedBack(null, "2020-01-01")).toBe(false);
  });
});

describe("the usual for all", () => {
  const usual = (memberId: string, kind: SheetKind) =>
    memberId === "new" ? null : kind === "REGULAR" ? 500_00 : 100_00;

  it("fills the empty cells of who is here, once", () => {
    const typed: Cell = { text: "700", method: "CASH", code: "" };
    const draft: Draft = { [cellKey("jane", "REGULAR")]: typed };
    const done = new Map([[cellKey("mary", "REGULAR"), [1]]]);
    const offer = usualCells(["jane", "ann", "mary", "new"], "REGULAR", draft, usual, done);
    expect(offer.count).toBe(1);
    expect(offer.amount).toBe(500_00);
    const filled: Draft = { ...draft, ...offer.cells };
    expect(readDraft(filled).payments).toHaveLength(2);
    expect(usualCells(["jane", "ann"], "REGULAR", filled, usual, done).count).toBe(0);
  });

  it("is undone without touching what was typed since", () => {
    const { cells } = usualCells(["ann", "jane"], "REGULAR", {}, usual, new Map());
    const key: CellKey = cellKey("jane", "REGULAR");
    const typed: Cell = { text: "650", method: "CASH", code: "" };
    const changed: Draft = Object.assign({}, cells, { [key]: typed });
    expect(Object.keys(withoutCells(changed, cells))).toEqual([key]);
    expect(withoutCells(cells, cells)).toEqual({});
  });

  it("takes a meeting of 25 where all pay the usual in a few taps a member", () => {
    const members = Array.from({ length: 25 }, (_, i) => `m${i}`);
    let draft: Draft = {};
    let taps = 1; // all are here
    for (const kind of ["REGULAR", "WELFARE", "FINE", "REPAYMENT"] as const) {
      draft = { ...draft, ...usualCells(members, kind, draft, usual, new Map()).cells };
      taps += 2; // the column, and the usual for all
    }
    taps += 1; // save
    expect(readDraft(draft).payments).toHaveLength(100);
    expect(taps / members.length).toBeLessThan(1);
    // Even one member after the other: the usual amount, which goes on to the next.
    expect(2 * members.length + taps).toBeLessThanOrEqual(3 * members.length);
  });
});

describe("what members owe", () => {
  it("has the fines that are open, without those of loans", () => {
    const fine = (more: Partial<FineCharge>) =>
      ({
        memberId: "jane",
        amount: 50_00,
        paid: 0,
        status: "OPEN",
        loanId: null,
        ...more,
      }) as FineCharge;
    const owed = openFines([
      fine({}),
      fine({ paid: 20_00 }),
      fine({ status: "WAIVED" }),
      fine({ loanId: "loan" }),
      fine({ memberId: "ann", amount: 10_00 }),
    ]);
    expect([...owed]).toEqual([
      ["jane", 80_00],
      ["ann", 10_00],
    ]);
  });

  describe("on several running loans", () => {
    const TODAY = "2026-11-27";
    const row = (dueDate: string, paid = 0) => ({
      number: 1,
      dueDate,
      principal: 1000_00,
      interest: 100_00,
      remaining: 0,
      paidPrincipal: paid,
      paidInterest: paid && 100_00,
    });
    const loan = (
      id: string,
      disbursedOn: string,
      ...schedule: ReturnType<typeof row>[]
    ): Loan => ({
      ...loans.fromNode(loanNode(id, "jane") as never),
      status: "DISBURSED",
      disbursedOn,
      schedule,
    });
    const orderOf = (...all: Loan[]) =>
      runningLoans(all, [], TODAY)
        .get("jane")
        ?.map((one) => one.loan.id);
    const LATE = loan("late", "2026-09-01", row("2026-11-01"));
    const LATER = loan("later", "2026-06-01", row("2026-11-20"));
    const OLD = loan("old", "2026-01-01", row("2026-12-20"));

    it("has the longest in arrears first, then the oldest; none that is paid back", () => {
      const done = {
        ...loan("done", "2025-01-01", row("2025-02-01")),
        status: "COMPLETED" as const,
      };
      const newer = loan("newer", "2026-02-01", row("2026-12-01"));
      expect(orderOf(newer, OLD, LATER, LATE, done)).toEqual(["late", "later", "old", "newer"]);
    });

    it("pays the most urgent one, unless another was chosen", () => {
      const loansOf = runningLoans([OLD, LATE], [], TODAY);
      const key = cellKey("jane", "REPAYMENT");
      const cell: Cell = { text: "", method: "CASH", code: "" };
      const chosen = (loanId?: string) =>
        chosenLoans(loansOf, { [key]: { ...cell, ...(loanId ? { loanId } : {}) } }).get("jane");
      expect(chosen()?.loan.id).toBe("late");
      // With the fine for being late.
      expect(chosen()?.due.now).toBe(1200_00);
      expect(chosen("old")?.loan.id).toBe("old");
      expect(chosen("old")?.due.now).toBe(0);
      // One that was paid back since.
      expect(chosen("gone")?.loan.id).toBe("late");
    });

    it("keeps the choice when the usual is filled in", () => {
      const key = cellKey("jane", "REPAYMENT");
      const cell: Cell = { text: "", method: "CASH", code: "", loanId: "old" };
      const draft: Draft = { [key]: cell };
      const { cells } = usualCells(["jane"], "REPAYMENT", draft, () => 100_00, new Map());
      expect(cells[key]).toEqual({ ...cell, text: "100.00" });
    });
  });
});

describe("the count", () => {
  it("takes whole pieces, and adds them up", () => {
    expect(readPieces("")).toBe(0);
    expect(readPieces("12")).toBe(12);
    expect(readPieces("1.5")).toBeNull();
    const pieces = { 100000: "2", 4000: "3", 500: "0", 100: "7" };
    expect(countOf(pieces)).toEqual({ counted: 2000_00 + 120_00 + 7_00, problem: null });
    expect(shillings(pieces)).toEqual([
      { value: 1000, pieces: 2 },
      { value: 40, pieces: 3 },
      { value: 1, pieces: 7 },
    ]);
    expect(countOf({ 5000: "x" }).problem).toBe(50_00);
  });
});

describe("the difference", () => {
  it("is said in words", async () => {
    const { loadLater } = await import("../src/i18n");
    await loadLater();
    expect(differs(950_00, 1000_00)).toBe("KES\u00a050.00 less than the books");
    expect(differs(1000_50, 1000_00)).toBe("KES\u00a00.50 more than the books");
    expect(differs(1, 1)).toBe("The count agrees with the books.");
  });
});
