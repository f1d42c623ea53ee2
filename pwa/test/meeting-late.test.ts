/** What reaches the server after another phone has closed the meeting. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { canPass } from "../src/features/outbox/again";
import { loadLater } from "../src/i18n";
import { say } from "../src/i18n/say";
import type { BodyOf, Operation } from "../src/lib/model";
import { closeMeeting } from "../src/operations/closeMeeting";
import { confirmMeeting } from "../src/operations/confirmMeeting";
import { recordAttendance } from "../src/operations/recordAttendance";
import type { Meeting } from "../src/records/meetings";
import { cashOf } from "../src/state/balances";
import { byClose, entriesOf, isClosedHere } from "../src/state/meetings";
import { usePrefs } from "../src/state/prefs";
import { itemReason, reasonFor } from "../src/state/words";
import type { UserStore } from "../src/store/user-store";
import { heldBack } from "../src/sync/chain";
import { runSync } from "../src/sync/engine";
import { readOutbox } from "../src/sync/outbox";
import { FakeServer, problem } from "./fake-server";
import { freshStore, GROUP, payment, put, statuses } from "./fixtures";

const MEETING = uuidv7();
let server: FakeServer;
let store: UserStore;

beforeEach(async () => {
  await loadLater();
  server = new FakeServer();
  store = await freshStore(server);
});
afterEach(() => {
  usePrefs.setState({ language: "en" });
  vi.unstubAllGlobals();
});

const sync = () => runSync(store, { dataKey: null, byHand: true });
const outbox = async () => (await readOutbox(store)).operations;

const attendance: BodyOf<"recordAttendance"> = {
  type: "recordAttendance",
  groupName: "Umoja",
  input: {
    meetingId: MEETING,
    offlineSyncId: uuidv7(),
    attendance: [{ memberId: "jane", status: "PRESENT" }],
  },
};
const close = (banked = 0): BodyOf<"closeMeeting"> => ({
  type: "closeMeeting",
  groupName: "Umoja",
  follows: [`${MEETING}.attendance`],
  close: {
    banked,
    counted: 450_00,
    expected: 500_00,
    variance: -50_00,
    varianceNote: "Change",
    resolutions: "",
    closedAt: null,
    closedBy: "Me",
    hash: null,
    figures: null,
    denominations: [],
  },
  input: {
    meetingId: MEETING,
    offlineSyncId: uuidv7(),
    denominations: [],
    ...(banked ? { banked: (banked / 100).toFixed(2) } : {}),
  },
});
const paidAtIt = () => {
  const { body } = payment("jane");
  (body as BodyOf<"recordContribution">).input.meetingId = MEETING;
  return body;
};
const closed = () => ({ outcome: "REJECTED" as const, error: problem("MEETING_CLOSED") });

describe("a meeting that somebody else has closed", () => {
  it("keeps nothing waiting behind an attendance that will never be put right", async () => {
    server.judge = closed;
    await put(store, { body: attendance });
    await sync();
    server.judge = () => ({ outcome: "HELD", error: problem("MEETING_CLOSED") });
    await put(store, { body: close(300_00) });
    expect(heldBack(await outbox()).size).toBe(0);
    await sync();
    expect(await statuses(store)).toEqual(["rejected", "held"]);
  });

  it("refuses both at once when they went up together", async () => {
    server.judge = closed;
    await put(store, { body: attendance }, { body: close() });
    await sync();
    expect(await statuses(store)).toEqual(["rejected", "rejected"]);
    expect((await outbox()).map(canPass)).toEqual([false, false]);
  });

  it("says what became of each, and what to do", async () => {
    server.judge = (_, operation) =>
      operation.recordAttendance ? closed() : { outcome: "HELD", error: problem("MEETING_CLOSED") };
    const bodies = [attendance, paidAtIt(), close(300_00)];
    await put(store, ...bodies.map((body) => ({ body })));
    await sync();
    const reasons = (await outbox()).map((operation) => reasonFor(operation, null) ?? "");
    expect(reasons[0]).toContain("its minutes keep the attendance they have. Take this back.");
    expect(reasons[1]).toContain("before this came. The money is in the books.");
    expect(reasons[2]).toContain("You took KES\u00a0300.00 to the bank");
    usePrefs.setState({ language: "sw" });
    await loadLater();
    const swahili = (await outbox()).map((operation) => reasonFor(operation, null) ?? "");
    expect(swahili[0]).toContain("Iondoe hii.");
    expect(swahili[1]).toContain("Pesa ziko vitabuni.");
    expect(swahili[2]).toContain("Ulipeleka KES\u00a0300.00 benki");
    const opened = say({ key: "op.openMeeting", values: { date: { day: "2026-11-27" } } });
    expect(opened).toBe("Mkutano wa Ijumaa, 27 Nov umefunguliwa");
  });

  it("shows the close that the books hold, not this phone's", () => {
    const theirs = { status: "CLOSED", counted: 200_00, attendance: { jane: "ABSENT" } };
    const at = { groupId: GROUP, timestamp: 0 };
    for (const change of [
      ...(closeMeeting.changes?.(close(), at) ?? []),
      ...(recordAttendance.changes?.(attendance, at) ?? []),
    ]) {
      const apply = change.change as unknown as (meeting: Meeting) => Meeting;
      expect(apply(theirs as unknown as Meeting)).toBe(theirs);
      expect(apply({ ...theirs, status: "OPEN" } as unknown as Meeting)).not.toBe(theirs);
    }
  });

  it("is not confirmed by the signature of other minutes", () => {
    const confirmation = (hash?: string): BodyOf<"confirmMeeting"> => ({
      type: "confirmMeeting",
      groupName: "Umoja",
      by: { id: "chair", name: "Mary" },
      ...(hash ? { hash } : {}),
      input: {
        meetingId: MEETING,
        offlineSyncId: uuidv7(),
        signature: { keyId: uuidv7(), signature: "x", signedAt: "2026-11-26T10:00:00Z" },
      },
    });
    const shown = (hash?: string) => {
      const [change] =
        confirmMeeting.changes?.(confirmation(hash), { groupId: GROUP, timestamp: 0 }) ?? [];
      const apply = change?.change as unknown as (meeting: Meeting) => Meeting;
      return apply({ status: "CLOSED", hash: "theirs" } as Meeting).status;
    };
    expect([shown("mine"), shown("theirs"), shown()]).toEqual(["CLOSED", "CONFIRMED", "CONFIRMED"]);
  });

  it("counts a refused close for nothing in the cash", async () => {
    await put(store, { body: close() });
    const group = { id: GROUP, cashBalance: 1000_00 } as never;
    expect(cashOf(group, await outbox(), 0).total).toBe(950_00);
    server.judge = closed;
    await sync();
    expect(cashOf(group, await outbox(), 0).total).toBe(1000_00);
  });

  it("tells what its minutes have from what came later", async () => {
    await put(store, { body: paidAtIt() });
    const waiting = await outbox();
    const entries = entriesOf(waiting, MEETING);
    expect(byClose(entries, false)).toEqual({ counted: [], late: entries });
    expect(byClose(entries, true)).toEqual({ counted: entries, late: [] });
    const held = waiting.map(
      (row): Operation => ({ ...row, status: "held", code: "MEETING_CLOSED" }),
    );
    expect(byClose(entriesOf(held, MEETING), true).late).toHaveLength(1);
    await put(store, { body: close() });
    const all = await outbox();
    expect(isClosedHere(all, MEETING)).toBe(true);
    const refused = all.map((row): Operation => ({ ...row, code: "MEETING_CLOSED" }));
    expect(isClosedHere(refused, MEETING)).toBe(false);
  });
});

describe("the words of the office's items", () => {
  it("are never the server's own, which are English", async () => {
    usePrefs.setState({ language: "sw" });
    await loadLater();
    expect(itemReason({ kind: "HELD_CASH", reason: "DATE_IN_FUTURE" })).toContain("bado haijafika");
    expect(itemReason({ kind: "MEETING", reason: "MEETING_OPEN" })).toContain("Mkutano mwingine");
    expect(itemReason({ kind: "VARIANCE", reason: "CLAIM_DIFFERS" })).toContain(
      "Taslimu ni sahihi",
    );
    expect(itemReason({ kind: "HELD_CASH", reason: "NEVER_HEARD_OF" })).toContain("Kuna kanuni");
    expect(itemReason({ kind: "REPEAT", reason: "REPEAT" })).toContain("mara mbili");
  });
});
