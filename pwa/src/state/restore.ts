/** After a forgotten PIN: what exists only as unsent operations is read from the outbox. */
import { COPY_STORES, putRecord } from "../records/copy";
import type { UserStore } from "../store/user-store";
import { sealMade } from "../sync/made";
import { isUnsent, readOutbox } from "../sync/outbox";

export async function restoreLocalRecords(store: UserStore, dataKey: CryptoKey): Promise<void> {
  const { operations } = await readOutbox(store);
  for (const operation of operations) {
    if (!isUnsent(operation) && operation.status !== "held") continue;
    const copies = await sealMade(dataKey, [operation.body], operation.groupId);
    const transaction = store.db.transaction(COPY_STORES, "readwrite");
    for (const copy of copies) putRecord(transaction, copy);
    await transaction.done;
  }
}
