/** Databases that older versions of the app have left on phones, with data and unsent work. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { getRow, getRows, openRecord } from "../src/records/copy";
import { importDataKey, makeSealKey, seal } from "../src/store/crypto";
import { getMeta, openUserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { editOperation, readOutbox } from "../src/sync/outbox";
import { FakeServer, problem } from "./fake-server";
import {
  GROUP,
  groupNode,
  loanNode,
  memberNode,
  page,
  payment,
  registration,
  statuses,
} from "./fixtures";

afterEach(() => vi.unstubAllGlobals());

/** The first version, as it was released. Not to be changed. */
async function firstVersion(userId: string) {
  return openDB(`tablebanking-user-${userId}`, 1, {
    upgrade(db) {
      db.createObjectStore("members", { keyPath: "id" }).createIndex("groupId", "groupId");
      db.createObjectStore("groups", { keyPath: "id" });
      const contributions = db.createObjectStore("contributions", { keyPath: "id" });
      contributions.createIndex("groupId", "groupId");
      contributions.createIndex("memberId", "memberId");
      const operations = db.createObjectStore("pending_operations", { keyPath: "id" });
      operations.createIndex("seq", "seq", { unique: true });
      for (const name of ["status", "type", "timestamp", "memberId", "entityId"]) {
        operations.createIndex(name, name);
      }
      db.createObjectStore("documents", { keyPath: "id" }).createIndex(
        "operationId",
        "operationId",
      );
      db.createObjectStore("drafts", { keyPath: "key" });
      db.createObjectStore("sync_metadata", { keyPath: "key" });
    },
  });
}

async function phoneOfFirstVersion(server: FakeServer) {
  const userId = uuidv7();
  const sealKey = await makeSealKey();
  const dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
  const db = await firstVersion(userId);
  const session = {
    accessToken: server.validToken,
    refreshToken: server.validRefresh,
    expiresAt: Date.now() + 1_800_000,
  };
  await db.put("sync_metadata", { key: "sealKey", value: sealKey });
  await db.put("sync_metadata", { key: "cursor", value: "old" });
  await db.put("sync_metadata", { key: "firstCopyDone", value: true });
  await db.put("sync_metadata", {
    key: "session",
    value: await seal(sealKey, "session", session),
  });
  const oldMember = { id: uuidv7(), groupId: GROUP, memberName: "Old Jane", savings: null };
  const oldGroup = { id: GROUP, name: "Umoja", minimumSaving: 50_000 };
  const oldPayment = { id: uuidv7(), groupId: GROUP, memberId: oldMember.id, amount: 100 };
  const put = async (store: string, value: { id: string; memberId?: string }, more: object) =>
    db.put(store, {
      id: value.id,
      sealed: await seal(dataKey, `${store}:${value.id}`, value),
      ...more,
    });
  await put("members", oldMember, { groupId: GROUP, local: false });
  await put("groups", oldGroup, {});
  await put("contributions", oldPayment, {
    groupId: GROUP,
    memberId: oldMember.id,
    local: false,
  });
  const jane = registration();
  const money = payment(jane.memberId);
  const operations = [jane, money, payment(oldMember.id)];
  for (const [i, { id, memberId, body }] of operations.entries()) {
    await db.put("pending_operations", {
      id,
      seq: i + 1,
      type: body.type,
      timestamp: 1,
      status: "waiting",
      groupId: GROUP,
      memberId,
      entityId: body.type === "registerMember" ? memberId : id,
      tries: 0,
      uncertain: false,
      settledAt: null,
      code: null,
      body: await seal(sealKey, `pending_operations:${id}`, body),
      outcome: null,
    });
  }
  const outcome = {
    message: "taken",
    field: null,
    current: null,
    receiptNumber: null,
    reason: null,
  };
  await db.put("pending_operations", {
    ...(await db.get("pending_operations", money.id)),
    outcome: await seal(sealKey, `outcome:${money.id}`, outcome),
  });
  db.close();
  return { userId, dataKey, jane, money, oldMember, oldPayment };
}

describe("a phone of the first version", () => {
  it("keeps its copies and its unsent work, readable and in order", async () => {
    const server = new FakeServer();
    const old = await phoneOfFirstVersion(server);
    const store = await openUserStore(old.userId);
    expect([...store.db.objectStoreNames].sort()).toEqual([
      "contributions",
      "documents",
      "drafts",
      "faces",
      "groups",
      "members",
      "pending_operations",
      "records",
      "sync_metadata",
      "uploads",
    ]);
    const { operations } = await readOutbox(store);
    expect(operations.map(({ type, needs, makes }) => ({ type, needs, makes }))).toEqual([
      { type: "registerMember", needs: [], makes: [old.jane.memberId] },
      { type: "recordContribution", needs: [old.jane.memberId], makes: [] },
      { type: "recordContribution", needs: [old.oldMember.id], makes: [] },
    ]);
    expect(operations[1]?.outcome).toMatchObject({ message: "taken", details: [], office: null });
    expect(operations[0]?.body).toMatchObject({ input: { memberName: "Jane Wanjiku" } });
    const [member] = await getRows(store.db, "members", GROUP);
    const row = await getRow(store.db, "groups", GROUP);
    if (!member || !row) throw new Error("lost");
    expect((await openRecord(old.dataKey, "members", member)).memberName).toBe("Old Jane");
    expect(await openRecord(old.dataKey, "groups", row)).toMatchObject({
      name: "Umoja",
      terms: null,
      cashBalance: null,
    });
    expect(await getRows(store.db, "contributions", old.oldMember.id)).toHaveLength(1);
  });

  it("sends its work, hears what is gone, and fetches what the old version did not know", async () => {
    const server = new FakeServer();
    const old = await phoneOfFirstVersion(server);
    vi.stubGlobal("fetch", server.fetch);
    server.members.add(old.oldMember.id);
    const asked: (string | null)[] = [];
    const loan = uuidv7();
    server.changes = (since) => {
      asked.push(since);
      if (since === "old") return page({ cursor: "new", deletedIds: [old.oldPayment.id] });
      return page({
        cursor: "new",
        groups: [groupNode()],
        members: [memberNode(old.oldMember.id)],
        loans: [loanNode(loan, old.oldMember.id)],
      });
    };
    const store = await openUserStore(old.userId);
    expect(await runSync(store, { dataKey: old.dataKey, byHand: true })).toBeNull();
    expect(asked).toEqual(["old", null]);
    expect(await statuses(store)).toEqual(["saved", "saved", "saved"]);
    expect(await getRows(store.db, "contributions", GROUP)).toEqual([]);
    expect(await getRows(store.db, "loans", old.oldMember.id)).toHaveLength(1);
    const row = await getRow(store.db, "groups", GROUP);
    const group = row && (await openRecord(old.dataKey, "groups", row));
    expect(group).toMatchObject({
      cashBalance: 100_000,
      terms: { graceDays: 3, lateFine: 10_000 },
    });
    await runSync(store, { dataKey: old.dataKey, byHand: true });
    expect(asked).toEqual(["old", null, "new"]);
    expect(await getMeta(store, "cursor")).toBe("new");
  });

  it("still holds a payment back behind its registration", async () => {
    const server = new FakeServer();
    const old = await phoneOfFirstVersion(server);
    vi.stubGlobal("fetch", server.fetch);
    server.members.add(old.oldMember.id);
    server.judge = (_, operation) =>
      operation.registerMember ? { outcome: "REJECTED", error: problem("ID_TAKEN") } : null;
    const store = await openUserStore(old.userId);
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["rejected", "waiting", "saved"]);
    server.judge = () => null;
    await editOperation(store, old.jane.id, old.jane.body);
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["saved", "saved", "saved"]);
  });
});

/** The second version, as it was released: pictures lay in the registration. Not to be changed. */
async function phoneOfSecondVersion(server: FakeServer) {
  const userId = uuidv7();
  const sealKey = await makeSealKey();
  (await firstVersion(userId)).close();
  const db = await openDB(`tablebanking-user-${userId}`, 2, {
    upgrade(database) {
      database
        .createObjectStore("records", { keyPath: "key" })
        .createIndex("refs", "refs", { multiEntry: true });
    },
  });
  const session = {
    accessToken: server.validToken,
    refreshToken: server.validRefresh,
    expiresAt: Date.now() + 1_800_000,
  };
  await db.put("sync_metadata", { key: "sealKey", value: sealKey });
  await db.put("sync_metadata", {
    key: "session",
    value: await seal(sealKey, "session", session),
  });
  const jane = registration();
  await db.put("pending_operations", {
    id: jane.id,
    seq: 1,
    type: "registerMember",
    timestamp: 1,
    status: "waiting",
    groupId: GROUP,
    memberId: jane.memberId,
    entityId: jane.memberId,
    makes: [jane.memberId],
    needs: [],
    tries: 0,
    uncertain: false,
    settledAt: null,
    code: null,
    body: await seal(sealKey, `pending_operations:${jane.id}`, jane.body),
    outcome: null,
  });
  const id = `${jane.id}:idPhoto`;
  const sealed = await seal(sealKey, `documents:${id}`, "data:image/jpeg;base64,AAAA");
  await db.put("documents", { id, operationId: jane.id, kind: "idPhoto", sealed });
  db.close();
  return { userId, jane };
}

describe("a phone of the second version", () => {
  it("sends a registration with the picture inside, as that version wrote it", async () => {
    const server = new FakeServer();
    vi.stubGlobal("fetch", server.fetch);
    const { userId, jane } = await phoneOfSecondVersion(server);
    const store = await openUserStore(userId);
    expect([...store.db.objectStoreNames]).toEqual(expect.arrayContaining(["uploads", "faces"]));
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["saved"]);
    expect(server.applied.get(jane.id)).toMatchObject({
      registerMember: { memberName: "Jane Wanjiku", idPhoto: "data:image/jpeg;base64,AAAA" },
    });
    expect(await store.db.count("documents")).toBe(0);
  });
});
