/** Databases that older versions of the app have left on phones, with data and unsent work. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { getRow, getRows, openRecord } from "../src/records/copy";
import { importDataKey, makeSealKey, seal, sealBytes } from "../src/store/crypto";
import { VERSIONS } from "../src/store/schema";
import { getMeta, loadDraft, openUserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { editOperation, purgeSettled, readOutbox } from "../src/sync/outbox";
import { purgeUploads } from "../src/sync/upload-box";
import { runUploads } from "../src/sync/uploads";
import { FakeServer, problem } from "./fake-server";
import { FakeUploads } from "./fake-uploads";
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

/** The second version, as it was released. Not to be changed. */
async function secondVersion(userId: string) {
  (await firstVersion(userId)).close();
  return openDB(`tablebanking-user-${userId}`, 2, {
    upgrade(database) {
      database
        .createObjectStore("records", { keyPath: "key" })
        .createIndex("refs", "refs", { multiEntry: true });
    },
  });
}

/** Pictures lay in the registration; there were loans, drafts, and what was saved. */
async function phoneOfSecondVersion(server: FakeServer) {
  const userId = uuidv7();
  const sealKey = await makeSealKey();
  const dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
  const db = await secondVersion(userId);
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
  const loan = { id: uuidv7(), groupId: GROUP, memberId: uuidv7(), amount: 1_000_000 };
  await db.put("records", {
    key: `loans:${loan.id}`,
    id: loan.id,
    groupId: GROUP,
    refs: ["loans:", `loans:${GROUP}`, `loans:${loan.memberId}`],
    local: false,
    at: 1,
    sealed: await seal(dataKey, `loans:${loan.id}`, loan),
  });
  const sheet = { REGULAR: { [loan.memberId]: "500" } };
  const draft = `sheet:${GROUP}`;
  await db.put("drafts", { key: draft, sealed: await seal(sealKey, `drafts:${draft}`, sheet) });
  const money = payment(loan.memberId);
  await db.put("pending_operations", {
    id: money.id,
    seq: 2,
    type: "recordContribution",
    timestamp: 1,
    status: "saved",
    groupId: GROUP,
    memberId: loan.memberId,
    entityId: money.id,
    makes: [],
    needs: [loan.memberId],
    tries: 1,
    uncertain: false,
    settledAt: 1,
    settledRun: 1,
    code: null,
    body: await seal(sealKey, `pending_operations:${money.id}`, money.body),
    outcome: null,
  });
  db.close();
  return { userId, jane, dataKey, loan, sheet, draft };
}

describe("a phone of the second version", () => {
  it("sends a registration with the picture inside, as that version wrote it", async () => {
    const server = new FakeServer();
    vi.stubGlobal("fetch", server.fetch);
    const { userId, jane } = await phoneOfSecondVersion(server);
    const store = await openUserStore(userId);
    expect([...store.db.objectStoreNames]).toEqual(expect.arrayContaining(["uploads", "faces"]));
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["saved", "saved"]);
    expect(server.applied.get(jane.id)).toMatchObject({
      registerMember: { memberName: "Jane Wanjiku", idPhoto: "data:image/jpeg;base64,AAAA" },
    });
    expect(await store.db.count("documents")).toBe(0);
  });
});

describe("the other data of the second version", () => {
  it("is all there: loans, drafts, and what was saved, which is listed for its week", async () => {
    const { userId, dataKey, loan, sheet, draft } = await phoneOfSecondVersion(new FakeServer());
    const store = await openUserStore(userId);
    const [row] = await getRows(store.db, "loans", loan.memberId);
    expect(row && (await openRecord(dataKey, "loans", row))).toMatchObject(loan);
    expect(await loadDraft(store, draft)).toEqual(sheet);
    await purgeSettled(store, 1_000);
    expect(await statuses(store)).toEqual(["waiting", "saved"]);
    await purgeSettled(store, 1_000 + 8 * 86_400_000);
    expect(await statuses(store)).toEqual(["waiting"]);
  });
});

/** The third version, as it was released: pictures by themselves. Not to be changed. */
async function thirdVersion(userId: string) {
  (await secondVersion(userId)).close();
  return openDB(`tablebanking-user-${userId}`, 3, {
    upgrade(database) {
      database.createObjectStore("uploads", { keyPath: "id" }).createIndex("memberId", "memberId");
      const faces = database.createObjectStore("faces", { keyPath: "id" });
      faces.createIndex("groupId", "groupId");
      faces.createIndex("usedAt", "usedAt");
    },
  });
}

async function phoneOfThirdVersion(server: FakeServer) {
  const userId = uuidv7();
  const sealKey = await makeSealKey();
  const dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
  const db = await thirdVersion(userId);
  await db.put("sync_metadata", { key: "sealKey", value: sealKey });
  const session = {
    accessToken: server.validToken,
    refreshToken: server.validRefresh,
    expiresAt: Date.now() + 1_800_000,
  };
  await db.put("sync_metadata", { key: "session", value: await seal(sealKey, "session", session) });
  const memberId = uuidv7();
  const bytes = new TextEncoder().encode("a picture that two uploads share");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const ids = { sent: uuidv7(), waits: uuidv7() };
  for (const [what, id] of Object.entries(ids)) {
    const info = { memberName: "Jane", groupName: "Umoja", sha256, message: null };
    const saved = what === "sent";
    await db.put("uploads", {
      id,
      kind: saved ? "ID_FRONT" : "ID_BACK",
      groupId: GROUP,
      memberId,
      meetingId: null,
      seq: 0.5,
      makes: [`${memberId}:papers`],
      needs: [memberId],
      takenAt: 1,
      status: saved ? "saved" : "waiting",
      size: bytes.length,
      sent: saved ? bytes.length : 0,
      begun: saved,
      tries: 0,
      code: null,
      documentId: saved ? id : null,
      settledAt: saved ? 1 : null,
      info: await seal(sealKey, `uploads:${id}`, info),
    });
  }
  const { waits } = ids;
  const sealed = await sealBytes(sealKey, `documents:${waits}`, bytes);
  await db.put("documents", { id: waits, operationId: waits, kind: "file", sealed });
  const face = await sealBytes(dataKey, `faces:${memberId}`, bytes);
  await db.put("faces", { id: memberId, groupId: GROUP, documentId: "", usedAt: 1, sealed: face });
  db.close();
  return { userId, memberId, bytes, ...ids };
}

describe("a phone of the third version", () => {
  it("sends the picture that waited, and lists the one that was sent for its week", async () => {
    const server = new FakeServer();
    vi.stubGlobal("fetch", server.fetch);
    const tus = new FakeUploads();
    server.uploads = tus.handle;
    const { userId, memberId, waits, sent, bytes } = await phoneOfThirdVersion(server);
    const store = await openUserStore(userId);
    expect(await runUploads(store, { byHand: true })).toEqual({ problem: null, saved: 1 });
    expect(Buffer.from(tus.documents.get(waits) ?? "").equals(Buffer.from(bytes))).toBe(true);
    expect(await store.db.count("documents")).toBe(0);
    expect(await store.db.get("faces", memberId)).toBeDefined();
    await purgeUploads(store, 1_000);
    expect((await store.db.getAllKeys("uploads")).sort()).toEqual([sent, waits].sort());
    await purgeUploads(store, 1_000 + 8 * 86_400_000);
    expect(await store.db.count("uploads")).toBe(0);
  });
});

it("every version that was released has its test here", () => {
  // A further step needs a phone of version 3 above to grow by it, and its own when it is released.
  expect(VERSIONS).toEqual({ device: 1, user: 3 });
});
