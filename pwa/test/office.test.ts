/** What the office decides comes with `changes`, and settles what lay there. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getRows, sealRecord } from "../src/records/copy";
import { reasonFor } from "../src/state/words";
import { importDataKey } from "../src/store/crypto";
import type { UserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { sealMade } from "../src/sync/made";
import { enqueue, readOutbox, resend } from "../src/sync/outbox";
import { FakeServer, problem } from "./fake-server";
import {
  contributionNode,
  freshStore,
  GROUP,
  loanNode,
  memberNode,
  page,
  payment,
  put,
  reviewNode,
  statuses,
} from "./fixtures";

let server: FakeServer;
let store: UserStore;
let dataKey: CryptoKey;

beforeEach(async () => {
  server = new FakeServer();
  store = await freshStore(server);
  dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
});
afterEach(() => vi.unstubAllGlobals());

const sync = () => runSync(store, { dataKey, byHand: true });

async function heldPayment() {
  const money = payment(uuidv7());
  const records = await sealMade(dataKey, [money.body], GROUP);
  await enqueue(store, [{ groupId: GROUP, body: money.body }], { records });
  server.judge = () => ({ outcome: "HELD", error: problem("UNKNOWN_MEMBER") });
  await sync();
  expect(await statuses(store)).toEqual(["held"]);
  return money;
}

const reason = async () => {
  const [operation] = (await readOutbox(store)).operations;
  return operation && reasonFor(operation, null);
};

describe("money at the office", () => {
  it("says why it is there", async () => {
    await heldPayment();
    expect(await reason()).toBe(
      "The server does not know this member. The money is in the books. The office decides where it belongs; you need not do anything.",
    );
  });

  it("stays there when the office's open item comes, which carries the payment's own id", async () => {
    const money = await heldPayment();
    const open = { status: "OPEN", decision: null, decidedAt: null };
    server.changes = () => page({ reviewItems: [reviewNode(money.id, { id: money.id, ...open })] });
    await sync();
    expect(await statuses(store)).toEqual(["held"]);
  });

  it("is settled by the decision, and the office's record takes the place of the phone's", async () => {
    const money = await heldPayment();
    expect(await getRows(store.db, "contributions", GROUP)).toHaveLength(1);
    const placed = uuidv7();
    server.changes = () =>
      page({
        contributions: [contributionNode(placed, uuidv7())],
        reviewItems: [
          reviewNode(money.id, { decision: "PLACE_TO_MEMBER", decisionNote: "Her sister's" }),
        ],
      });
    await sync();
    expect(await statuses(store)).toEqual(["saved"]);
    expect((await getRows(store.db, "contributions", GROUP)).map((row) => row.id)).toEqual([
      placed,
    ]);
    expect(await reason()).toBe(
      "The office gave it to a member's savings or funds. Its note: “Her sister's”",
    );
    expect(await getRows(store.db, "reviewItems", money.id)).toHaveLength(1);
  });

  it("stays there while the office only asks, with its question", async () => {
    const money = await heldPayment();
    server.changes = () =>
      page({
        reviewItems: [
          reviewNode(money.id, {
            status: "SENT_BACK",
            decision: null,
            decisionNote: "Which Jane?",
          }),
        ],
      });
    await sync();
    expect(await statuses(store)).toEqual(["held"]);
    expect(await reason()).toContain("Its note: “Which Jane?”");
  });

  it("is not settled by another record that changed", async () => {
    const money = await heldPayment();
    server.changes = () => page({ members: [memberNode(money.memberId)] });
    await sync();
    expect(await statuses(store)).toEqual(["held"]);
  });
});

describe("a clash of edits", () => {
  it.each([
    ["ACCEPT", "saved"],
    ["DISMISS", "removed"],
  ])("that the office decides with %s is %s", async (decision, status) => {
    const id = uuidv7();
    const body = {
      type: "updateMember" as const,
      memberName: "Jane",
      groupName: "Umoja",
      before: {},
      input: { id: uuidv7(), baseVersion: 1, offlineSyncId: id, memberName: "Jane W." },
    };
    await put(store, { body });
    server.judge = () => ({ outcome: "CONFLICT", current: { version: 7 } });
    await sync();
    server.changes = () =>
      page({ reviewItems: [reviewNode(id, { kind: "CONFLICT", decision, decisionNote: "So" })] });
    await sync();
    expect(await statuses(store)).toEqual([status]);
    expect(await reason()).toContain("Its note: “So”");
  });

  it("that the officer has sent again meanwhile is left to the server's answer", async () => {
    const money = await heldPayment();
    server.fault = () => "lost request";
    await resend(store, money.id);
    server.changes = () => page({ reviewItems: [reviewNode(money.id)] });
    await sync();
    server.fault = () => null;
    server.judge = () => ({ outcome: "DUPLICATE" });
    await sync();
    expect(await statuses(store)).toEqual(["saved"]);
  });
});

describe("kinds of records", () => {
  it("go with their group, their member, and alone", async () => {
    const [jane, ann] = [uuidv7(), uuidv7()];
    const loans = [loanNode(uuidv7(), jane), loanNode(uuidv7(), ann), loanNode(uuidv7(), ann)];
    server.changes = () => page({ loans, members: [memberNode(jane), memberNode(ann)] });
    await sync();
    const count = async () => (await getRows(store.db, "loans")).length;
    expect(await count()).toBe(3);
    server.changes = () => page({ deletedIds: [loans[2]?.id] });
    await sync();
    expect(await count()).toBe(2);
    server.changes = () => page({ deletedIds: [jane] });
    await sync();
    expect(await getRows(store.db, "loans", ann)).toHaveLength(1);
    expect(await count()).toBe(1);
    server.changes = () => page({ deletedIds: [GROUP] });
    await sync();
    expect(await count()).toBe(0);
  });

  it("that this version cannot read are left out, and stop nothing", async () => {
    const jane = uuidv7();
    server.changes = () =>
      page({
        meetings: [{ id: uuidv7() }],
        loans: [loanNode(uuidv7(), jane, { loanAmount: "lots" }), loanNode(uuidv7(), jane)],
        members: [memberNode(jane)],
      });
    expect(await sync()).toBeNull();
    expect(await getRows(store.db, "loans")).toHaveLength(1);
    expect(await getRows(store.db, "members")).toHaveLength(1);
  });

  it("are sealed, each at its place", async () => {
    server.changes = () => page({ loans: [loanNode(uuidv7(), uuidv7(), { purpose: "Seeds" })] });
    await sync();
    const [row] = await getRows(store.db, "loans");
    const text = new TextDecoder().decode(row?.sealed.data) + JSON.stringify(row);
    expect(text).not.toMatch(/Seeds|12000/);
    const copy = await sealRecord(dataKey, "members", { id: "1", groupId: "g" } as never, 1);
    expect(copy.row).toMatchObject({ key: "members:1", local: false, at: 1 });
  });
});
