/**
 * The outbox: what the officer did, in the order of doing, until the server has it and a
 * while after. An operation is written in one transaction together with the records it
 * makes, and nothing tells the officer "saved on this phone" before that has committed.
 */
import type { IDBPTransaction } from "idb";
import {
  NO_OUTCOME,
  type Operation,
  type OperationBody,
  type OperationOutcome,
} from "../lib/model";
import { seal, unseal } from "../store/crypto";
import type {
  ContributionRecord,
  DocumentRecord,
  OperationRecord,
  OperationStatus,
  SealedRecord,
  UserDb,
} from "../store/schema";
import type { UserStore } from "../store/user-store";
import { notify } from "./notify";

export const bodyPlace = (id: string) => `pending_operations:${id}`;
export const outcomePlace = (id: string) => `outcome:${id}`;
export const documentPlace = (id: string) => `documents:${id}`;

/** How long a settled operation stays listed. */
export const LISTED_MS = 7 * 86_400_000;

/** Not with the server yet, as far as this phone knows. */
export const UNSENT: readonly OperationStatus[] = [
  "waiting",
  "sending",
  "conflict",
  "rejected",
  "failed",
];
export const NEEDS_OFFICER: readonly OperationStatus[] = ["conflict", "rejected", "failed"];

export const isUnsent = (operation: { status: OperationStatus }) =>
  UNSENT.includes(operation.status);
/** An operation that may already be in the books is not changed behind the server's back. */
export const isEditable = (operation: { status: OperationStatus; uncertain: boolean }) =>
  !operation.uncertain && (operation.status === "waiting" || needsOfficer(operation));
export const needsOfficer = (operation: { status: OperationStatus }) =>
  NEEDS_OFFICER.includes(operation.status);

export interface NewOperation {
  id: string;
  groupId: string;
  memberId: string;
  entityId: string;
  body: OperationBody;
}

/** What is written along with new operations, already sealed. */
export interface Alongside {
  members?: SealedRecord[];
  contributions?: ContributionRecord[];
  documents?: DocumentRecord[];
  dropDrafts?: string[];
}

export async function enqueue(
  store: UserStore,
  operations: NewOperation[],
  alongside: Alongside = {},
  now: number = Date.now(),
): Promise<void> {
  // Sealing is asynchronous and would let the transaction commit half-way: it comes first.
  const sealed = await Promise.all(
    operations.map(({ id, body }) => seal(store.sealKey, bodyPlace(id), body)),
  );
  const transaction = store.db.transaction(
    ["pending_operations", "members", "contributions", "documents", "drafts"],
    "readwrite",
    { durability: "strict" },
  );
  const outbox = transaction.objectStore("pending_operations");
  const last = await outbox.index("seq").openKeyCursor(null, "prev");
  let seq = last?.key ?? 0;
  for (const [i, operation] of operations.entries()) {
    const body = sealed[i];
    if (!body) continue;
    seq += 1;
    outbox.add(newRecord(operation, body, seq, now));
  }
  for (const member of alongside.members ?? []) transaction.objectStore("members").put(member);
  for (const row of alongside.contributions ?? []) {
    transaction.objectStore("contributions").put(row);
  }
  for (const row of alongside.documents ?? []) transaction.objectStore("documents").put(row);
  for (const key of alongside.dropDrafts ?? []) transaction.objectStore("drafts").delete(key);
  await transaction.done;
  tell(store, alongside.members);
}

/** Records that were written along with an operation are read again, together with the outbox. */
function tell(store: UserStore, members: readonly { id: string }[] = []): void {
  const { userId } = store;
  if (members.length === 0) notify({ kind: "outbox", userId });
  else notify({ kind: "data", userId, memberIds: members.map((row) => row.id), groupIds: [] });
}

function newRecord(
  { id, groupId, memberId, entityId, body }: NewOperation,
  sealed: OperationRecord["body"],
  seq: number,
  timestamp: number,
): OperationRecord {
  return {
    id,
    seq,
    type: body.type,
    timestamp,
    status: "waiting",
    groupId,
    memberId,
    entityId,
    tries: 0,
    uncertain: false,
    settledAt: null,
    code: null,
    body: sealed,
    outcome: null,
  };
}

/** All operations with their contents, in the order of making. Positions are only counted. */
export async function readOutbox(store: UserStore): Promise<{
  operations: Operation[];
  positionsWaiting: number;
}> {
  const records = await store.db.getAllFromIndex("pending_operations", "seq");
  const positionsWaiting = records.filter(
    (record) => record.type === "trackOfficer" && isUnsent(record),
  ).length;
  const shown = records.filter((record) => record.type !== "trackOfficer");
  return {
    operations: await Promise.all(shown.map((record) => openOperation(store, record))),
    positionsWaiting,
  };
}

export async function openOperation(store: UserStore, record: OperationRecord): Promise<Operation> {
  const [body, outcome] = await Promise.all([
    unseal<OperationBody>(store.sealKey, bodyPlace(record.id), record.body),
    record.outcome
      ? unseal<OperationOutcome>(store.sealKey, outcomePlace(record.id), record.outcome)
      : null,
  ]);
  return { ...record, body, outcome };
}

export class NotEditable extends Error {}

/** Changes what will be sent. Refused once it is on the way or may have arrived. */
export async function editOperation(
  store: UserStore,
  id: string,
  body: OperationBody,
  alongside: Pick<Alongside, "members" | "contributions" | "documents"> = {},
): Promise<void> {
  const sealed = await seal(store.sealKey, bodyPlace(id), body);
  await change(store, id, (record, transaction) => {
    if (!isEditable(record)) throw new NotEditable();
    for (const row of alongside.members ?? []) transaction.objectStore("members").put(row);
    for (const row of alongside.contributions ?? []) {
      transaction.objectStore("contributions").put(row);
    }
    for (const row of alongside.documents ?? []) transaction.objectStore("documents").put(row);
    return { ...record, ...AFRESH, body: sealed };
  });
  tell(store, alongside.members);
}

/** Sends again what needs the officer, or asks again about what is at the office. */
export async function resend(store: UserStore, id: string): Promise<void> {
  await change(store, id, (record) => {
    if (!needsOfficer(record) && record.status !== "held") return record;
    return { ...record, ...AFRESH, uncertain: record.status === "held" || record.uncertain };
  });
  tell(store);
}

const AFRESH = { status: "waiting", tries: 0, settledAt: null, code: null, outcome: null } as const;

/**
 * Takes an operation back before it was sent; it stays listed with the reason. Money for a
 * member whose registration is taken back was still paid: it is sent as final, with its
 * group, and the office finds its place.
 */
export async function removeOperation(
  store: UserStore,
  id: string,
  reason: string,
  now: number = Date.now(),
): Promise<void> {
  const removed = await store.db.get("pending_operations", id);
  if (!removed) return;
  const outcome = await seal(store.sealKey, outcomePlace(id), { ...NO_OUTCOME, reason });
  const orphans = removed.type === "registerMember" ? await finalised(store, removed) : [];
  await change(store, id, async (record, transaction) => {
    if (!isEditable(record)) throw new NotEditable();
    for (const { id: orphanId, body } of orphans) {
      const orphan = await transaction.objectStore("pending_operations").get(orphanId);
      if (orphan && isEditable(orphan)) {
        transaction.objectStore("pending_operations").put({ ...orphan, ...AFRESH, body });
      }
    }
    if (record.type === "recordContribution") {
      transaction.objectStore("contributions").delete(record.entityId);
    }
    if (record.type === "registerMember" && orphans.length === 0) {
      transaction.objectStore("members").delete(record.entityId);
    }
    await dropDocuments(transaction.objectStore("documents"), id);
    return { ...record, status: "removed", settledAt: now, outcome };
  });
  tell(store, removed.type === "registerMember" ? [{ id: removed.entityId }] : []);
}

async function finalised(store: UserStore, registration: OperationRecord) {
  const records = await store.db.getAllFromIndex(
    "pending_operations",
    "memberId",
    registration.memberId,
  );
  const payments = records.filter((row) => row.type === "recordContribution" && isEditable(row));
  return Promise.all(
    payments.map(async (record) => {
      const { body } = await openOperation(store, record);
      if (body.type === "recordContribution") body.input.groupId = registration.groupId;
      return { id: record.id, body: await seal(store.sealKey, bodyPlace(record.id), body) };
    }),
  );
}

const CHANGED = ["pending_operations", "members", "contributions", "documents"] as const;
type ChangeTransaction = IDBPTransaction<UserDb, typeof CHANGED, "readwrite">;

/** Reads and writes one operation in one transaction, so that it cannot leave in between. */
async function change(
  store: UserStore,
  id: string,
  update: (
    record: OperationRecord,
    transaction: ChangeTransaction,
  ) => OperationRecord | Promise<OperationRecord>,
): Promise<void> {
  const transaction = store.db.transaction(CHANGED, "readwrite", { durability: "strict" });
  const outbox = transaction.objectStore("pending_operations");
  const record = await outbox.get(id);
  try {
    if (record) outbox.put(await update(record, transaction));
  } catch (error) {
    transaction.abort();
    await transaction.done.catch(() => undefined);
    throw error;
  }
  await transaction.done;
}

export async function dropDocuments(
  documents: {
    index(name: "operationId"): { getAllKeys(id: string): Promise<string[]> };
    delete?: (id: string) => Promise<void>;
  },
  operationId: string,
): Promise<void> {
  const keys = await documents.index("operationId").getAllKeys(operationId);
  await Promise.all(keys.map((key) => documents.delete?.(key)));
}

/** Forgets operations that were settled long enough ago. */
export async function purgeSettled(store: UserStore, now: number = Date.now()): Promise<void> {
  const transaction = store.db.transaction("pending_operations", "readwrite");
  for (const status of ["saved", "removed"] as const) {
    for (const record of await transaction.store.index("status").getAll(status)) {
      if (record.settledAt !== null && record.settledAt < now - LISTED_MS) {
        transaction.store.delete(record.id);
      }
    }
  }
  await transaction.done;
}
