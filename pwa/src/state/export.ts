/** The unsent work as a file, for a supervisor or another phone: readable, with its pictures. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { handOver } from "../platform/files";
import { unseal } from "../store/crypto";
import type { UserStore } from "../store/user-store";
import { documentPlace, isUnsent, openOperation } from "../sync/outbox";

export async function composeExport(store: UserStore, officer: string): Promise<string> {
  const records = await store.db.getAllFromIndex("pending_operations", "seq");
  const operations = await Promise.all(
    records
      .filter((record) => isUnsent(record) || record.status === "removed")
      .map(async (record) => {
        const { body, outcome, seq, ...rest } = await openOperation(store, record);
        const documents = await store.db.getAllFromIndex("documents", "operationId", record.id);
        const pictures = await Promise.all(
          documents.map(async (row) => [
            row.kind,
            await unseal<string>(store.sealKey, documentPlace(row.id), row.sealed),
          ]),
        );
        return { seq, ...rest, outcome, ...body, documents: Object.fromEntries(pictures) };
      }),
  );
  const head = { format: "tablebanking-outbox", version: 1, officer };
  return JSON.stringify({ ...head, exportedAt: new Date().toISOString(), operations }, null, 2);
}

export async function exportOutbox(store: UserStore, officer: string): Promise<void> {
  const contents = await composeExport(store, officer);
  await handOver(`outbox-${todayInNairobi()}.json`, contents);
}
