/**
 * The outbox: what the officer did, in the order of doing, until the server has it and a
 * while after. An operation is written in one transaction together with the records it
 * makes, and nothing tells the officer "saved on this phone" before that has committed.
 */
import type { IDBPTransaction } from "idb";
import { NO_OUTCOME, type Operation, type OperationOutcome } from "../lib/model";
import { kindOf, type OperationBody } from "../operations";
import type { RecordName } from "../records";
import { COPY_STORES, deleteRecord, putRecord, type SealedCopy } from "../records/copy";
import { seal, unseal } from "../store/crypto";
import type {
  DocumentRecord,
  FaceRecord,
  OperationRecord,
  OperationStatus,
  UploadRecord,
  UserDb,
} from "../store/schema";
import type { UserStore } from "../store/user-store";
import { restingOn } from "./chain";
import { notify } from "./notify";
import { dropUploadsOf, putUpload } from "./upload-box";

export const bodyPlace = (id: string) => `pending_operations:${id}`;
export const outcomePlace = (id: string) => `outcome:${id}`;
export { documentPlace } from "./upload-box";

/** How long a settled operation stays listed, from when the server's time was first known. */
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
  groupId: string;
  body: OperationBody;
  /** When it was made, if not now. */
  timestamp?: number;
  /** Somebody else may have sent it already. */
  uncertain?: boolean;
}

/** What is written along with new operations, already sealed. */
export interface Alongside {
  records?: SealedCopy[];
  documents?: DocumentRecord[];
  /** Pictures to go up by themselves, with their bytes. */
  uploads?: { record: UploadRecord; bytes: DocumentRecord }[];
  faces?: FaceRecord[];
  dropDrafts?: string[];
}

const CHANGED = [
  ...COPY_STORES,
  "pending_operations",
  "documents",
  "uploads",
  "faces",
  "drafts",
] as const;
type ChangeTransaction = IDBPTransaction<UserDb, typeof CHANGED, "readwrite">;
const strict = (store: UserStore) =>
  store.db.transaction(CHANGED, "readwrite", { durability: "strict" });

export async function enqueue(
  store: UserStore,
  operations: NewOperation[],
  alongside: Alongside = {},
  now: number = Date.now(),
): Promise<void> {
  // Sealing is asynchronous and would let the transaction commit half-way: it comes first.
  const sealed = await Promise.all(
    operations.map(({ body }) => seal(store.sealKey, bodyPlace(body.input.offlineSyncId), body)),
  );
  const transaction = strict(store);
  const outbox = transaction.objectStore("pending_operations");
  const last = await outbox.index("seq").openKeyCursor(null, "prev");
  let seq = last?.key ?? 0;
  for (const [i, operation] of operations.entries()) {
    const body = sealed[i];
    if (!body) continue;
    seq += 1;
    outbox.add(newRecord(operation, body, seq, operation.timestamp ?? now));
  }
  await write(transaction, alongside, seq);
  await transaction.done;
  tell(store, alongside);
}

/** Pictures take their place after the operation `seq`. */
async function write(
  transaction: ChangeTransaction,
  alongside: Alongside,
  seq: number,
): Promise<void> {
  for (const copy of alongside.records ?? []) putRecord(transaction, copy);
  for (const row of alongside.documents ?? []) transaction.objectStore("documents").put(row);
  for (const face of alongside.faces ?? []) transaction.objectStore("faces").put(face);
  for (const key of alongside.dropDrafts ?? []) transaction.objectStore("drafts").delete(key);
  for (const { record, bytes } of alongside.uploads ?? []) {
    await putUpload(transaction, { ...record, seq: seq + 0.5 }, bytes);
  }
}

/** Members that were written along with an operation are read again, together with the outbox. */
function tell(store: UserStore, { records = [], uploads }: Alongside = {}): void {
  tellIds(
    store,
    records.filter(({ name }) => name === "members").map(({ row }) => row.id),
  );
  if (uploads) notify({ kind: "uploads", userId: store.userId, active: null });
}

function tellIds({ userId }: UserStore, memberIds: string[]): void {
  if (memberIds.length === 0) notify({ kind: "outbox", userId });
  else notify({ kind: "data", userId, memberIds, groupIds: [] });
}

function newRecord(
  { groupId, body, uncertain = false }: NewOperation,
  sealed: OperationRecord["body"],
  seq: number,
  timestamp: number,
): OperationRecord {
  return {
    id: body.input.offlineSyncId,
    seq,
    type: body.type,
    timestamp,
    status: "waiting",
    groupId,
    ...linksOf(body),
    tries: 0,
    uncertain,
    settledAt: null,
    code: null,
    body: sealed,
    outcome: null,
  };
}

/** What it is about, what it makes and what it needs, in the clear beside the sealed body. */
function linksOf(body: OperationBody) {
  const kind = kindOf(body.type);
  return {
    ...(kind?.about(body) ?? { entityId: body.input.offlineSyncId, memberId: "" }),
    makes: kind?.makes?.(body) ?? [],
    needs: kind?.needs?.(body) ?? [],
  };
}

/** All operations with their contents, in the order of making. Positions are only counted. */
export async function readOutbox(store: UserStore): Promise<{
  operations: Operation[];
  positionsWaiting: number;
}> {
  const records = await store.db.getAllFromIndex("pending_operations", "seq");
  const listed = records.filter((record) => kindOf(record.type)?.words);
  const counted = records.filter((record) => !kindOf(record.type)?.words && isUnsent(record));
  return {
    operations: await Promise.all(listed.map((record) => openOperation(store, record))),
    positionsWaiting: counted.length,
  };
}

export async function openOperation(store: UserStore, record: OperationRecord): Promise<Operation> {
  const [body, outcome] = await Promise.all([
    unseal<OperationBody>(store.sealKey, bodyPlace(record.id), record.body),
    openOutcome(store, record),
  ]);
  return { ...record, type: body.type, body, outcome };
}

export async function openOutcome(
  store: UserStore,
  { id, outcome }: OperationRecord,
): Promise<OperationOutcome | null> {
  if (!outcome) return null;
  // An older version of the app knew less about it.
  const known = await unseal<Partial<OperationOutcome>>(store.sealKey, outcomePlace(id), outcome);
  return { ...NO_OUTCOME, ...known };
}

export class NotEditable extends Error {}

/** Changes what will be sent. Refused once it is on the way or may have arrived. */
export async function editOperation(
  store: UserStore,
  id: string,
  body: OperationBody,
  alongside: Alongside = {},
): Promise<void> {
  const sealed = await seal(store.sealKey, bodyPlace(id), body);
  await change(store, id, async (record, transaction) => {
    if (!isEditable(record)) throw new NotEditable();
    await write(transaction, alongside, record.seq);
    return { ...record, ...linksOf(body), ...AFRESH, body: sealed };
  });
  tell(store, alongside);
}

/** Sends again what needs the officer, or asks again about what is at the office. */
export async function resend(store: UserStore, id: string): Promise<void> {
  await change(store, id, (record) => {
    if (!needsOfficer(record) && record.status !== "held") return record;
    return { ...record, ...AFRESH, uncertain: record.status === "held" || record.uncertain };
  });
  tell(store);
}

/** A colleague may send them from now on, so they are not changed here any more. */
export async function markHanded(
  store: UserStore,
  ids: readonly string[],
  now: number = Date.now(),
): Promise<void> {
  const transaction = strict(store);
  const outbox = transaction.objectStore("pending_operations");
  for (const id of ids) {
    const record = await outbox.get(id);
    if (record && isUnsent(record)) outbox.put({ ...record, handedAt: now, uncertain: true });
  }
  await transaction.done;
  tell(store);
}

const AFRESH = { status: "waiting", tries: 0, settledAt: null, code: null, outcome: null } as const;

/**
 * Takes an operation back before it was sent; it stays listed with the reason. What rests on it
 * goes with it, except money that really moved: that is sent as the phone's last word, with its
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
  const { facts, along } = await consequences(store, removed);
  const gone = [removed, ...along.map(({ record }) => record)];
  const recordsOf = new Map<string, MadeRecord[]>();
  const outcomes = new Map<string, OperationRecord["outcome"]>();
  for (const record of gone) {
    recordsOf.set(record.id, facts.length > 0 ? [] : await madeBy(store, record));
    outcomes.set(
      record.id,
      await seal(store.sealKey, outcomePlace(record.id), { ...NO_OUTCOME, reason }),
    );
  }
  const members: string[] = [];
  await change(store, id, async (record, transaction) => {
    if (!isEditable(record)) throw new NotEditable();
    const outbox = transaction.objectStore("pending_operations");
    for (const { id: factId, body } of facts) {
      const fact = await outbox.get(factId);
      if (fact && isEditable(fact)) outbox.put({ ...fact, ...AFRESH, body });
    }
    for (const { id: goneId } of gone) {
      const other = goneId === id ? record : await outbox.get(goneId);
      if (!other || !isEditable(other)) continue;
      for (const made of recordsOf.get(goneId) ?? []) {
        deleteRecord(transaction, made.name, made.id);
        if (made.name === "members") members.push(made.id);
      }
      await dropDocuments(transaction.objectStore("documents"), goneId);
      if (kindOf(other.type)?.makesRecord === "members") {
        await dropUploadsOf(transaction, other.entityId);
      }
      const outcome = outcomes.get(goneId) ?? null;
      outbox.put({ ...other, status: "removed", settledAt: now, outcome });
    }
    return null;
  });
  tellIds(store, members);
  notify({ kind: "uploads", userId: store.userId, active: null });
}

/** What becomes of all that rests on an operation which is taken back. */
export async function consequences(store: UserStore, removed: OperationRecord) {
  const resting = restingOn(removed, await store.db.getAll("pending_operations"));
  const facts: { id: string; body: OperationRecord["body"] }[] = [];
  const along: { record: OperationRecord }[] = [];
  for (const record of resting.filter(isEditable)) {
    const { body } = await openOperation(store, record);
    const final = kindOf(body.type)?.final?.(body, removed.groupId);
    if (final) {
      facts.push({ id: record.id, body: await seal(store.sealKey, bodyPlace(record.id), final) });
    } else along.push({ record });
  }
  return { facts, along };
}

export interface MadeRecord {
  name: RecordName;
  id: string;
}

/** The records that exist on this phone because of the operation. */
export async function madeBy(store: UserStore, record: OperationRecord): Promise<MadeRecord[]> {
  const { body } = await openOperation(store, record);
  const made = (await kindOf(body.type)?.records?.(body, record.groupId)) ?? [];
  return made.map(({ name, value }) => ({ name, id: value.id }));
}

/** Reads and writes one operation in one transaction, so that it cannot leave in between. */
async function change(
  store: UserStore,
  id: string,
  update: (
    record: OperationRecord,
    transaction: ChangeTransaction,
  ) => OperationRecord | null | Promise<OperationRecord | null>,
): Promise<void> {
  const transaction = strict(store);
  const outbox = transaction.objectStore("pending_operations");
  const record = await outbox.get(id);
  try {
    const changed = record && (await update(record, transaction));
    if (changed) outbox.put(changed);
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

/**
 * Forgets operations that were settled long enough ago, by the server's time alone: a phone whose
 * clock jumps forgets nothing before its week is over.
 */
export async function purgeSettled(store: UserStore, serverTime: number | null): Promise<void> {
  if (serverTime === null) return;
  const transaction = store.db.transaction("pending_operations", "readwrite");
  for (const status of ["saved", "removed"] as const) {
    for (const record of await transaction.store.index("status").getAll(status)) {
      const { listedSince } = record;
      if (listedSince === undefined) transaction.store.put({ ...record, listedSince: serverTime });
      else if (listedSince < serverTime - LISTED_MS) transaction.store.delete(record.id);
    }
  }
  await transaction.done;
}
