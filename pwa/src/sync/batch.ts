/** Which operations go up next, and in what form. */
import type { SyncOperationInput } from "../gen/graphql";
import { kindOf, type OperationBody } from "../operations";
import { unseal } from "../store/crypto";
import type { OperationRecord } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { heldBack, type Link } from "./chain";
import { bodyPlace, documentPlace } from "./outbox";

export const MAX_BATCH = 200;
/** A batch with photos stays well below the server's limit, and goes through a weak signal. */
const MAX_BYTES = 1_500_000;

/** The operations that can be sent now, in the order of making. */
export function sendable(
  records: OperationRecord[],
  tried: ReadonlySet<string> = new Set(),
  pictures: readonly Link[] = [],
): OperationRecord[] {
  const blocked = heldBack<Link>([...records, ...pictures], tried);
  return (
    records
      .filter((row) => row.status === "waiting" && !tried.has(row.id) && !blocked.has(row.id))
      // What a newer version of the app has left here waits for it.
      .filter((row) => kindOf(row.type) !== null)
      .sort((a, b) => a.seq - b.seq)
  );
}

export async function unsettled(store: UserStore): Promise<OperationRecord[]> {
  const index = store.db.transaction("pending_operations").store.index("status");
  const lists = await Promise.all(
    (["waiting", "sending", "conflict", "rejected", "failed"] as const).map((status) =>
      index.getAll(status),
    ),
  );
  return lists.flat();
}

export interface Batch {
  records: OperationRecord[];
  inputs: SyncOperationInput[];
}

export async function composeBatch(
  store: UserStore,
  candidates: OperationRecord[],
  limit: number,
): Promise<Batch> {
  const batch: Batch = { records: [], inputs: [] };
  let bytes = 0;
  for (const record of candidates.slice(0, limit)) {
    const input = await toInput(store, record);
    bytes += JSON.stringify(input).length;
    if (batch.records.length > 0 && bytes > MAX_BYTES) break;
    batch.records.push(record);
    batch.inputs.push(input);
  }
  return batch;
}

async function toInput(store: UserStore, record: OperationRecord): Promise<SyncOperationInput> {
  const body = await unseal<OperationBody>(store.sealKey, bodyPlace(record.id), record.body);
  const documents = kindOf(body.type)?.hasDocuments ? await readDocuments(store, record.id) : {};
  return { [body.type]: { ...body.input, ...documents } } as unknown as SyncOperationInput;
}

/** Photos lie apart, so that listing the outbox does not open megabytes. */
async function readDocuments(store: UserStore, operationId: string) {
  const rows = await store.db.getAllFromIndex("documents", "operationId", operationId);
  const images = await Promise.all(
    rows.map(async (row) => [
      row.kind,
      await unseal<string>(store.sealKey, documentPlace(row.id), row.sealed),
    ]),
  );
  return Object.fromEntries(images) as Record<string, string>;
}
