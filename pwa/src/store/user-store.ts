/** One officer's database and the key that seals what must stay readable while the phone is locked. */
import type { IDBPDatabase } from "idb";
import { makeSealKey, seal, unseal } from "./crypto";
import { openUserDb, type Sealed, type UserDb } from "./schema";

export interface UserStore {
  userId: string;
  db: IDBPDatabase<UserDb>;
  sealKey: CryptoKey;
}

const open = new Map<string, Promise<UserStore>>();

export function openUserStore(userId: string): Promise<UserStore> {
  let store = open.get(userId);
  if (!store) {
    store = load(userId);
    open.set(userId, store);
    store.catch(() => open.delete(userId));
  }
  return store;
}

export async function closeUserStore(userId: string): Promise<void> {
  const store = open.get(userId);
  open.delete(userId);
  (await store)?.db.close();
}

async function load(userId: string): Promise<UserStore> {
  const db = await openUserDb(userId);
  db.addEventListener("close", () => open.delete(userId));
  const fresh = await makeSealKey();
  const transaction = db.transaction("sync_metadata", "readwrite");
  const known = await transaction.store.get("sealKey");
  if (!known) await transaction.store.put({ key: "sealKey", value: fresh });
  await transaction.done;
  return { userId, db, sealKey: (known?.value as CryptoKey | undefined) ?? fresh };
}

/** Operations that the server does not have. */
export interface Unsent {
  waiting: number;
  failed: number;
  /** When the oldest was made; null where nothing is left. */
  oldestAt: number | null;
}

/** What the office was last told is left on this phone. */
export interface Reported extends Unsent {
  at: number;
}

/** What the store remembers between runs; each key has one type, stated here. */
export interface Metadata {
  cursor: string | null;
  /** The kinds of records that the cursor speaks for: a phone that learns a new one copies anew. */
  copiedKinds: string;
  lastPullAt: number;
  firstCopyDone: boolean;
  firstCopyMembers: number;
  firstCopyExpected: number;
  lastPushAt: number;
  /** When the server last said the time, and what the phone's clock said then (ms). */
  clock: { server: number; phone: number };
  /** Counts the runs of the sync engine. */
  run: number;
  batchLimit: number;
  /** Failures in a row, and the moment before which no automatic run starts. */
  backoff: { failures: number; notBefore: number };
  reported: Reported;
  /** The same, of the pictures. */
  uploadBackoff: { failures: number; notBefore: number };
  session: Sealed;
  sessionEnded: boolean;
  onDuty: boolean;
  consentAt: number;
  activity: string;
  /** The officer's wish to be told on this phone, and in which language. */
  notices: { wanted: boolean; language: string };
  /** The offer of it was put away. */
  noticesDeclined: boolean;
}

export async function getMeta<K extends keyof Metadata>(
  store: UserStore,
  key: K,
): Promise<Metadata[K] | undefined> {
  return (await store.db.get("sync_metadata", key))?.value as Metadata[K] | undefined;
}

export async function setMeta<K extends keyof Metadata>(
  store: UserStore,
  key: K,
  value: Metadata[K],
): Promise<void> {
  await store.db.put("sync_metadata", { key, value });
}

/** Drafts and other small things that must survive a lock and a restart, under the seal key. */
export async function saveDraft(store: UserStore, key: string, value: unknown): Promise<void> {
  await store.db.put("drafts", await sealDraft(store, key, value));
}

export const draftPlace = (key: string) => `drafts:${key}`;
export const sealDraft = async ({ sealKey }: UserStore, key: string, value: unknown) => ({
  key,
  sealed: await seal(sealKey, draftPlace(key), value),
});

export async function loadDraft<T>(store: UserStore, key: string): Promise<T | null> {
  const record = await store.db.get("drafts", key);
  return record ? unseal<T>(store.sealKey, draftPlace(key), record.sealed) : null;
}

export async function dropDraft(store: UserStore, key: string): Promise<void> {
  await store.db.delete("drafts", key);
}

/**
 * After a forgotten PIN: everything under the lost data key goes, since nobody can read it
 * and the server has it. The outbox, its documents and the drafts are under the seal key and stay.
 */
export async function dropServerCopy(store: UserStore): Promise<void> {
  const names = [
    "members",
    "groups",
    "contributions",
    "records",
    "faces",
    "sync_metadata",
  ] as const;
  const transaction = store.db.transaction(names, "readwrite");
  await Promise.all([
    transaction.objectStore("members").clear(),
    transaction.objectStore("groups").clear(),
    transaction.objectStore("contributions").clear(),
    transaction.objectStore("records").clear(),
    transaction.objectStore("faces").clear(),
    ...(["cursor", "copiedKinds", "lastPullAt", "firstCopyDone", "firstCopyMembers"] as const).map(
      (key) => transaction.objectStore("sync_metadata").delete(key),
    ),
  ]);
  await transaction.done;
}
