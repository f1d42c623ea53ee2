/** The copies on disk: sealed, opened, looked up and dropped alike for all kinds of records. */
import type { IDBPObjectStore, IDBPTransaction } from "idb";
import { seal, unseal } from "../store/crypto";
import type { RecordRow, StoredRecord, UserDb } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { RECORD_NAMES, type RecordName, type RecordOf, recordKindOf } from ".";

/** The stores that hold copies. */
export const COPY_STORES = ["members", "groups", "contributions", "records"] as const;
type CopyStore = (typeof COPY_STORES)[number];

/** A record ready to be written. */
export interface SealedCopy {
  name: RecordName;
  row: RecordRow;
}

type Opener = Pick<UserStore["db"], "transaction">;
type AnyTransaction = { objectStore(name: CopyStore): unknown };
type AnyStore = IDBPObjectStore<UserDb, CopyStore[], "records", "readwrite">;

const place = (name: RecordName, id: string) => `${name}:${id}`;

/** `at` is the run that fetched the server's copy; null for what is made here. */
export async function sealRecord<Name extends RecordName>(
  dataKey: CryptoKey,
  name: Name,
  value: RecordOf<Name>,
  at: number | null,
): Promise<SealedCopy> {
  const kind = recordKindOf(name);
  const { id } = value;
  const groupId = kind.groupId(value);
  const others = (kind.refs?.(value) ?? []).filter((ref) => ref !== null);
  const refs = ["", groupId, ...others].map((ref) => place(name, ref));
  const sealed = await seal(dataKey, place(name, id), value);
  const row: RecordRow = { key: place(name, id), id, groupId, refs, local: at === null, sealed };
  // An index of the first version, on contributions.
  if (kind.store === "contributions" && others[0]) row.memberId = others[0];
  if (at !== null) row.at = at;
  return { name, row };
}

export async function openRecord<Name extends RecordName>(
  dataKey: CryptoKey,
  name: Name,
  row: StoredRecord,
): Promise<RecordOf<Name>> {
  const value = await unseal<RecordOf<Name>>(dataKey, place(name, row.id), row.sealed);
  return (recordKindOf(name).older?.(value) ?? value) as RecordOf<Name>;
}

/** In a transaction that has the COPY_STORES. */
export function putRecord(transaction: AnyTransaction, { name, row }: SealedCopy): void {
  tableOf(transaction, name).put(row);
}

export function deleteRecord(transaction: AnyTransaction, name: RecordName, id: string): void {
  tableOf(transaction, name).delete(keyOf(name, id));
}

/** The record of this id, and all that belong to it: of a group, everything. */
export async function dropRecords(transaction: AnyTransaction, id: string): Promise<void> {
  for (const name of RECORD_NAMES) {
    for (const key of await keysOf(transaction, name, id)) tableOf(transaction, name).delete(key);
    deleteRecord(transaction, name, id);
  }
}

/** One record, or undefined. */
export async function getRow(
  db: Opener,
  name: RecordName,
  id: string,
): Promise<StoredRecord | undefined> {
  return tableOf(db.transaction(COPY_STORES), name).get(keyOf(name, id));
}

/** All of a kind, or those that belong to the group, the member … `ref`. */
export async function getRows(
  db: Opener,
  name: RecordName,
  ref: string | null = null,
): Promise<StoredRecord[]> {
  const table = tableOf(db.transaction(COPY_STORES), name);
  if (recordKindOf(name).store === "records") {
    return table.index("refs").getAll(place(name, ref ?? ""));
  }
  if (ref === null) return table.getAll();
  const lists = await Promise.all(
    [...table.indexNames].map((index) => table.index(index as "refs").getAll(ref)),
  );
  return lists.flat();
}

async function keysOf(transaction: AnyTransaction, name: RecordName, ref: string) {
  const table = tableOf(transaction, name);
  const own = recordKindOf(name).store === "records";
  const lists = await Promise.all(
    [...table.indexNames].map((index) =>
      table.index(index as "refs").getAllKeys(own ? place(name, ref) : ref),
    ),
  );
  return lists.flat();
}

const keyOf = (name: RecordName, id: string) =>
  recordKindOf(name).store === "records" ? place(name, id) : id;

/** The stores differ in their keys and indexes only, which the functions above know. */
function tableOf(transaction: AnyTransaction, name: RecordName): AnyStore {
  return transaction.objectStore(recordKindOf(name).store) as AnyStore;
}

export type CopyTransaction = IDBPTransaction<UserDb, CopyStore[], "readwrite">;
