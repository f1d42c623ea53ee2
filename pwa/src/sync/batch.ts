/** Which operations go up next, and in what form. */
import type { SyncOperationInput } from "../gen/graphql";
import type { BodyOf, OperationBody } from "../lib/model";
import { unseal } from "../store/crypto";
import type { OperationRecord } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { bodyPlace, documentPlace } from "./outbox";

export const MAX_BATCH = 200;
/** A batch with photos stays well below the server's limit, and goes through a weak signal. */
const MAX_BYTES = 1_500_000;

/** The operations that can be sent now, in the order of making. */
export function sendable(records: OperationRecord[]): OperationRecord[] {
  const stuck = new Set(
    records
      .filter((row) => row.type === "registerMember")
      .filter(({ status }) => ["conflict", "rejected", "failed"].includes(status))
      .map((row) => row.memberId),
  );
  return (
    records
      .filter((row) => row.status === "waiting")
      // What hangs on a registration that needs the officer waits with it.
      .filter((row) => row.type === "registerMember" || !stuck.has(row.memberId))
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
  switch (body.type) {
    case "registerMember":
      return { registerMember: await withDocuments(store, body) };
    case "updateMember":
      return { updateMember: body.input };
    case "recordContribution":
      return { recordContribution: body.input };
    case "trackOfficer":
      return { trackOfficer: body.input };
  }
}

/** Photos lie apart, so that listing the outbox does not open megabytes. */
async function withDocuments(store: UserStore, { input }: BodyOf<"registerMember">) {
  const rows = await store.db.getAllFromIndex("documents", "operationId", input.offlineSyncId);
  const images = await Promise.all(
    rows.map(async (row) => [
      row.kind,
      await unseal<string>(store.sealKey, documentPlace(row.id), row.sealed),
    ]),
  );
  return { ...input, ...(Object.fromEntries(images) as Record<string, string>) };
}
