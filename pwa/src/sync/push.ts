/**
 * Sends the outbox with syncBatch. Runs under a Web Lock, so that the tabs and the service
 * worker of a phone send each operation once; and should an answer get lost, the same
 * operations go again under the same ids, which the server answers without doing them twice.
 */
import { SyncBatchDocument, type SyncBatchMutation, type SyncOperationInput } from "../gen/graphql";
import { NO_OUTCOME } from "../lib/model";
import { kindOf } from "../operations";
import { seal } from "../store/crypto";
import type { OperationRecord, OperationStatus, Sealed } from "../store/schema";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { HttpFailure, NotSent, Refused, request, TimedOut, Unreachable } from "./api";
import { composeBatch, MAX_BATCH, sendable, unsettled } from "./batch";
import { wasEarly } from "./chain";
import { notify, type Problem } from "./notify";
import { dropDocuments, outcomePlace } from "./outbox";
import { SessionEnded, withToken } from "./session";
import { uploadLinks } from "./upload-box";

export const MAX_TRIES = 5;
/** The server's word about one operation that another try may change. */
const TRANSIENT = new Set(["INTERNAL", "TIMEOUT", "RATE_LIMITED", "UNAVAILABLE"]);
const BATCH_TIMEOUT_MS = 60_000;

type Result = SyncBatchMutation["syncBatch"]["results"][number];

export interface PushReport {
  sent: number;
  left: number;
  problem: Problem;
}

export async function push(store: UserStore): Promise<PushReport> {
  await recoverInterrupted(store);
  const report: PushReport = { sent: 0, left: 0, problem: null };
  const tried = new Set<string>();
  for (;;) {
    // Each goes once a run, so that a result that leaves it waiting cannot spin.
    const candidates = sendable(await unsettled(store), tried, await uploadLinks(store));
    report.left = candidates.length;
    tell(store, report);
    if (candidates.length === 0) return report;
    const limit = (await getMeta(store, "batchLimit")) ?? MAX_BATCH;
    const batch = await composeBatch(store, candidates, limit);
    const records = await markSending(store, batch.records);
    if (records.length < batch.records.length) continue;
    const attempt = { left: false };
    try {
      const answer = await withToken(store, (token) => send(batch.inputs, token, attempt));
      report.sent += await applyResults(store, records, answer.syncBatch.results);
      for (const record of records) tried.add(record.id);
      await setMeta(store, "batchLimit", Math.min(MAX_BATCH, limit * 2));
      await setMeta(store, "lastPushAt", Date.now());
    } catch (error) {
      const { again, problem } = attempt.left
        ? await batchFailed(store, records, error, tried)
        : await neverLeft(store, records, error);
      if (again) continue;
      report.problem = problem;
      tell(store, report);
      return report;
    }
  }
}

/** `left` says whether the server may have it: a token is asked for before, which may fail, too. */
async function send(operations: SyncOperationInput[], token: string, attempt: { left: boolean }) {
  attempt.left = true;
  try {
    return await request(SyncBatchDocument, { operations }, { token, timeoutMs: BATCH_TIMEOUT_MS });
  } catch (error) {
    // The token was too old, and nothing was looked at.
    if (error instanceof Refused && error.code === "UNAUTHENTICATED") attempt.left = false;
    throw error;
  }
}

/** No token for it: the batch is as it was, whatever the reason. */
async function neverLeft(
  store: UserStore,
  records: OperationRecord[],
  error: unknown,
): Promise<{ again: false; problem: Problem }> {
  await putBack(store, records);
  const failure = classify(error);
  if (failure === "signIn") return { again: false, problem: "signIn" };
  const silent = failure === "offline" || error instanceof TimedOut;
  return { again: false, problem: silent ? "offline" : "server" };
}

function tell(store: UserStore, { sent, left, problem }: PushReport): void {
  notify({
    kind: "progress",
    userId: store.userId,
    progress: { phase: "push", done: sent, total: sent + left, problem },
  });
}

/** We hold the lock: whatever is marked as going up was cut off, and its answer is unknown. */
async function recoverInterrupted(store: UserStore): Promise<void> {
  const transaction = store.db.transaction("pending_operations", "readwrite");
  for (const record of await transaction.store.index("status").getAll("sending")) {
    transaction.store.put({ ...record, status: "waiting", uncertain: true });
  }
  await transaction.done;
}

/** Takes only what still stands as it was composed: the officer may have edited it meanwhile. */
async function markSending(
  store: UserStore,
  composed: OperationRecord[],
): Promise<OperationRecord[]> {
  const transaction = store.db.transaction("pending_operations", "readwrite", {
    durability: "strict",
  });
  const now = await Promise.all(composed.map((record) => transaction.store.get(record.id)));
  const same = composed.filter((record, i) => {
    const current = now[i];
    return current?.status === "waiting" && sameSeal(current.body, record.body);
  });
  if (same.length === composed.length) {
    for (const record of same) transaction.store.put({ ...record, status: "sending" });
  }
  await transaction.done;
  notify({ kind: "outbox", userId: store.userId });
  return same;
}

/** Every sealing has its own random nonce, so equal nonces mean an unchanged body. */
const sameSeal = (a: Sealed, b: Sealed) => a.iv.every((byte, i) => byte === b.iv[i]);

async function applyResults(
  store: UserStore,
  records: OperationRecord[],
  results: Result[],
): Promise<number> {
  const byId = new Map(results.map((result) => [result.offlineSyncId.toLowerCase(), result]));
  const settled = new Set(records.map(({ id }) => id).filter((id) => settles(byId.get(id))));
  const others = (await unsettled(store))
    .filter((row) => !settled.has(row.id))
    .map((row) => asAnswered(row, byId.get(row.id)));
  const run = (await getMeta(store, "run")) ?? 0;
  const updates = await Promise.all(
    records.map((record) => judge(store, record, byId.get(record.id), { others, run })),
  );
  const transaction = store.db.transaction(["pending_operations", "documents"], "readwrite", {
    durability: "strict",
  });
  for (const update of updates) {
    const done = update.status === "saved";
    const kind = kindOf(update.type);
    if (done && !kind?.words) {
      transaction.objectStore("pending_operations").delete(update.id);
    } else {
      transaction.objectStore("pending_operations").put(update);
    }
    if (done && kind?.hasDocuments) {
      await dropDocuments(transaction.objectStore("documents"), update.id);
    }
  }
  await transaction.done;
  notify({ kind: "outbox", userId: store.userId });
  return updates.filter(({ status }) => status === "saved" || status === "held").length;
}

/** What was refused in this very batch is known as such to what follows it there. */
const asAnswered = (row: OperationRecord, result: Result | undefined): OperationRecord =>
  result?.outcome === "REJECTED"
    ? { ...row, status: "rejected", code: result.error?.code ?? null }
    : row;

const settles = (result: Result | undefined) =>
  result !== undefined && ["APPLIED", "DUPLICATE", "HELD"].includes(result.outcome);

async function judge(
  store: UserStore,
  record: OperationRecord,
  result: Result | undefined,
  { others, run }: { others: OperationRecord[]; run: number },
): Promise<OperationRecord> {
  const code = result?.error?.code ?? null;
  const outcome = result
    ? await seal(store.sealKey, outcomePlace(record.id), {
        ...NO_OUTCOME,
        message: result.error?.message ?? null,
        field: result.error?.field ?? null,
        details: result.error?.details ?? [],
        current: readCopy(result.current),
        receiptNumber: result.receiptNumber,
      })
    : null;
  const settled = (status: OperationStatus): OperationRecord => ({
    ...record,
    status,
    code,
    outcome,
    // REJECTED and CONFLICT changed nothing: the id is free and the contents may be edited.
    uncertain: false,
    settledAt: Date.now(),
    settledRun: run,
  });
  // No word about it, or "try again": it counts as a try of this operation.
  if (!result || (result.outcome === "REJECTED" && code !== null && TRANSIENT.has(code))) {
    return failedTry({ ...record, code, outcome, uncertain: record.uncertain || !result });
  }
  switch (result.outcome) {
    case "APPLIED":
    case "DUPLICATE":
      return settled("saved");
    case "HELD":
      return settled("held");
    case "CONFLICT":
      return settled("conflict");
    case "REJECTED":
      return wasEarly(record, others)
        ? { ...settled("waiting"), settledAt: null }
        : settled("rejected");
  }
}

function readCopy(current: unknown): Record<string, unknown> | null {
  const value = typeof current === "string" ? (JSON.parse(current) as unknown) : current;
  return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
}

function failedTry(record: OperationRecord): OperationRecord {
  const tries = record.tries + 1;
  const failed = tries >= MAX_TRIES;
  return {
    ...record,
    tries,
    status: failed ? "failed" : "waiting",
    settledAt: failed ? Date.now() : null,
  };
}

/**
 * The whole batch failed. No network, no session, a server that is down: nobody's fault, all
 * wait. Too large, too slow, or refused as a whole: half of it, at once. An internal error may
 * be one operation's doing: when it repeats, the batch is halved until the culprit is alone,
 * and only then its tries count.
 */
async function batchFailed(
  store: UserStore,
  records: OperationRecord[],
  error: unknown,
  tried: Set<string>,
): Promise<{ again: boolean; problem: Problem }> {
  const failure = classify(error);
  const failures = (await getMeta(store, "backoff"))?.failures ?? 0;
  const blames =
    failure === "tooMuch" ||
    failure === "refused" ||
    (failure === "internal" && (failures > 0 || tried.size > 0));
  const [first] = records;
  const alone = blames && records.length === 1 && first ? first : null;
  const uncertain = mayHaveArrived(error);
  const back = records.map((record): OperationRecord => {
    const waiting = { ...record, uncertain: record.uncertain || uncertain };
    return alone ? failedTry(waiting) : { ...waiting, status: "waiting" };
  });
  if (alone && failure === "refused") {
    await putBack(store, [await refusedAlone(store, alone, error)]);
  } else {
    await putBack(store, back);
  }
  if (alone) tried.add(alone.id);
  if (blames) await setMeta(store, "batchLimit", Math.max(1, Math.floor(records.length / 2)));
  const problem = failure === "offline" || failure === "signIn" ? failure : "server";
  // Alone with an internal error it stops: a server that fails every operation is just down.
  return { again: blames && !(alone && failure === "internal"), problem };
}

type Failure = "offline" | "signIn" | "outage" | "tooMuch" | "refused" | "internal";

export function classify(error: unknown): Failure {
  if (error instanceof SessionEnded) return "signIn";
  if (error instanceof Unreachable) return "offline";
  if (error instanceof TimedOut) return "tooMuch";
  if (error instanceof HttpFailure) {
    if (error.status === 413) return "tooMuch";
    if (error.status === 400 || error.status === 422) return "refused";
    return error.status === 500 ? "internal" : "outage";
  }
  if (error instanceof Refused) {
    if (error.code === "UNAUTHENTICATED") return "signIn";
    if (error.code === "INTERNAL") return "internal";
    return error.code === "BAD_INPUT" || error.code.startsWith("GRAPHQL") ? "refused" : "outage";
  }
  throw error;
}

/** Only a plain refusal, or no network at all, is known to have changed nothing. */
function mayHaveArrived(error: unknown): boolean {
  // A good answer that cannot be read was cut off, perhaps after the books were written.
  if (error instanceof HttpFailure) return error.status >= 500 || error.status < 400;
  if (error instanceof NotSent) return false;
  return error instanceof Unreachable || error instanceof TimedOut;
}

async function refusedAlone(
  store: UserStore,
  record: OperationRecord,
  error: unknown,
): Promise<OperationRecord> {
  const { code, field } = error instanceof Refused ? error : { code: "BAD_INPUT", field: null };
  const message = error instanceof Refused ? error.message : null;
  const outcome = await seal(store.sealKey, outcomePlace(record.id), {
    ...NO_OUTCOME,
    message,
    field,
  });
  return { ...record, status: "rejected", uncertain: false, code, outcome, settledAt: Date.now() };
}

async function putBack(store: UserStore, records: OperationRecord[]): Promise<void> {
  const transaction = store.db.transaction("pending_operations", "readwrite");
  for (const record of records) transaction.store.put(record);
  await transaction.done;
  notify({ kind: "outbox", userId: store.userId });
}
