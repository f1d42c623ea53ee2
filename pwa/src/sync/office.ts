/** What lay at the office, and what was decided about it: it comes with `changes`. */
import type { IDBPObjectStore, StoreNames } from "idb";
import { NO_OUTCOME } from "../lib/model";
import { kindOf } from "../operations";
import type { ReviewItem } from "../records/reviewItems";
import { seal } from "../store/crypto";
import type { OperationRecord, OperationStatus, Sealed, UserDb } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { type MadeRecord, madeBy, openOutcome, outcomePlace } from "./outbox";

interface Decision {
  operationId: string;
  status: OperationStatus | null;
  outcome: Sealed;
  /** Made here for it; what the office made of it comes under another id. */
  replaced: MadeRecord[];
}

/** Sealed before the transaction, which would commit while the sealing is waited for. */
export async function prepareDecisions(
  store: UserStore,
  items: readonly ReviewItem[],
): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (const item of items) {
    const record = item.operationId
      ? await store.db.get("pending_operations", item.operationId)
      : undefined;
    if (!record || item.decision === "RESOLVED") continue;
    const { status, decision, decisionNote: note, decidedAt: at, kind } = item;
    const known = (await openOutcome(store, record)) ?? NO_OUTCOME;
    const outcome = { ...known, office: { status, decision, note, at, kind } };
    const settled = settledBy(record, item);
    decisions.push({
      operationId: record.id,
      status: settled,
      replaced: settled && record.status === "held" ? await madeBy(store, record) : [],
      outcome: await seal(store.sealKey, outcomePlace(record.id), outcome),
    });
  }
  return decisions;
}

/** An open item, or one that only asks, leaves the operation where it is. */
function settledBy(record: OperationRecord, item: ReviewItem): OperationStatus | null {
  if (item.status !== "DECIDED") return null;
  if (record.status === "held") return "saved";
  // A clash: the officer's version was taken, or the register's stays.
  if (record.status === "conflict") return item.decision === "ACCEPT" ? "saved" : "removed";
  return null;
}

type Outbox = IDBPObjectStore<
  UserDb,
  ArrayLike<StoreNames<UserDb>>,
  "pending_operations",
  "readwrite"
>;

/** `inBooks` are the records that stand in the books now, as "<kind>:<id>". */
export async function releaseHeld(
  operations: Outbox,
  inBooks: ReadonlySet<string>,
  decisions: readonly Decision[],
  settledRun: number,
): Promise<void> {
  const settledAt = Date.now();
  for (const record of await operations.index("status").getAll("held")) {
    if (inBooks.has(`${kindOf(record.type)?.makesRecord}:${record.entityId}`)) {
      operations.put({ ...record, status: "saved", settledAt, settledRun });
    }
  }
  for (const { operationId, status, outcome } of decisions) {
    const record = await operations.get(operationId);
    if (!record) continue;
    // Sent again or edited meanwhile: the answer to that will say more.
    const free = record.status === "held" || record.status === "conflict";
    const settled = status && free ? { status, settledAt, settledRun } : {};
    if (free || record.status === "saved") operations.put({ ...record, ...settled, outcome });
  }
}
