/** Pictures on their way, on disk: what is written, replaced, forgotten, and what they hold back. */
import type { IDBPObjectStore, StoreNames } from "idb";
import { sealBytes, unseal, unsealBytes } from "../store/crypto";
import type { DocumentRecord, UploadRecord, UserDb } from "../store/schema";
import type { UserStore } from "../store/user-store";
import type { Link } from "./chain";
import { notify } from "./notify";

export const documentPlace = (id: string) => `documents:${id}`;
export const infoPlace = (id: string) => `uploads:${id}`;

/** How long one that the server has stays listed. */
const LISTED_MS = 7 * 86_400_000;

export interface UploadInfo {
  memberName: string;
  groupName: string;
  sha256: string;
  /** The server's own words on a refusal. */
  message: string | null;
}

export const isUnsentUpload = ({ status }: Pick<UploadRecord, "status">) =>
  status === "waiting" || status === "refused" || status === "failed";
export const uploadNeedsOfficer = ({ status }: Pick<UploadRecord, "status">) =>
  status === "refused" || status === "failed";

type Table<Name extends "uploads" | "documents"> = IDBPObjectStore<
  UserDb,
  ArrayLike<StoreNames<UserDb>>,
  Name,
  "readwrite"
>;
interface Transaction {
  objectStore(name: "uploads" | "documents"): unknown;
}
const uploadsOf = (transaction: Transaction) =>
  transaction.objectStore("uploads") as Table<"uploads">;
const filesOf = (transaction: Transaction) =>
  transaction.objectStore("documents") as Table<"documents">;

/** A picture takes the place of one of the same kind that has not gone up. */
export async function putUpload(
  transaction: Transaction,
  record: UploadRecord,
  bytes: DocumentRecord,
): Promise<void> {
  for (const old of await ofMember(transaction, record.memberId)) {
    if (old.kind === record.kind && isUnsentUpload(old)) forget(transaction, old);
  }
  uploadsOf(transaction).put(record);
  filesOf(transaction).put(bytes);
}

/** The registration was taken back: nobody will ever know whose pictures these were. */
export async function dropUploadsOf(transaction: Transaction, memberId: string): Promise<void> {
  for (const old of await ofMember(transaction, memberId)) forget(transaction, old);
}

const ofMember = async (transaction: Transaction, memberId: string) =>
  memberId === "" ? [] : uploadsOf(transaction).index("memberId").getAll(memberId);

function forget(transaction: Transaction, upload: UploadRecord): void {
  filesOf(transaction).delete(upload.id);
  if (upload.begun && upload.status !== "saved") {
    uploadsOf(transaction).put({ ...upload, status: "dropped" });
  } else uploadsOf(transaction).delete(upload.id);
}

/** Changes one that is still there as `expected` says; tells whether it was. */
export async function changeUpload(
  store: UserStore,
  id: string,
  expected: (upload: UploadRecord) => boolean,
  change: (upload: UploadRecord) => UploadRecord | null,
  { forgetFile = false } = {},
): Promise<boolean> {
  const transaction = store.db.transaction(["uploads", "documents"], "readwrite", {
    durability: "strict",
  });
  const known = await uploadsOf(transaction).get(id);
  const holds = known !== undefined && expected(known);
  if (holds) {
    const changed = change(known);
    if (changed) uploadsOf(transaction).put(changed);
    else uploadsOf(transaction).delete(id);
    if (forgetFile) filesOf(transaction).delete(id);
  }
  await transaction.done;
  return holds;
}

/** Under another id, with its bytes: the first one names another file on the server. */
export async function renameUpload(
  store: UserStore,
  old: UploadRecord,
  id: string,
  tries: number,
): Promise<void> {
  const [info, bytes] = await Promise.all([openInfo(store, old), openFile(store, old.id)]);
  if (!bytes) return;
  const sealed = await sealFile(store.sealKey, id, bytes);
  const fresh = { id, tries, begun: false, sent: 0, info: await sealInfo(store, id, info) };
  const record = { ...old, ...fresh };
  const transaction = store.db.transaction(["uploads", "documents"], "readwrite");
  const known = await uploadsOf(transaction).get(old.id);
  if (known?.status === "waiting") {
    uploadsOf(transaction).delete(old.id);
    filesOf(transaction).delete(old.id);
    uploadsOf(transaction).put(record);
    filesOf(transaction).put(sealed);
  }
  await transaction.done;
}

/** The officer says: try again. */
export async function resendUpload(store: UserStore, id: string): Promise<void> {
  await changeUpload(store, id, uploadNeedsOfficer, (upload) => ({
    ...upload,
    status: "waiting",
    tries: 0,
    code: null,
    settledAt: null,
  }));
  notify({ kind: "uploads", userId: store.userId, active: null });
}

export async function removeUpload(store: UserStore, id: string): Promise<void> {
  await changeUpload(
    store,
    id,
    isUnsentUpload,
    (upload) => (upload.begun ? { ...upload, status: "dropped" } : null),
    { forgetFile: true },
  );
  notify({ kind: "uploads", userId: store.userId, active: null });
}

export async function sealFile(
  sealKey: CryptoKey,
  id: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<DocumentRecord> {
  const sealed = await sealBytes(sealKey, documentPlace(id), bytes);
  return { id, operationId: id, kind: "file", sealed };
}

export async function openFile(
  store: UserStore,
  id: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await store.db.get("documents", id);
  return row ? unsealBytes(store.sealKey, documentPlace(id), row.sealed) : null;
}

export async function sealInfo(
  { sealKey }: Pick<UserStore, "sealKey">,
  id: string,
  info: UploadInfo,
) {
  const bytes = new TextEncoder().encode(JSON.stringify(info));
  return sealBytes(sealKey, infoPlace(id), bytes);
}

export const openInfo = (store: UserStore, { id, info }: UploadRecord): Promise<UploadInfo> =>
  unseal<UploadInfo>(store.sealKey, infoPlace(id), info);

/** What unsent pictures hold back: a check of the ID, an application for a loan. */
export async function uploadLinks(store: UserStore): Promise<Link[]> {
  return (await store.db.getAll("uploads")).filter(isUnsentUpload).map(linkOf);
}

export const linkOf = ({
  id,
  seq,
  status,
  makes,
  needs,
}: Pick<UploadRecord, "id" | "seq" | "status" | "makes" | "needs">): Link => ({
  id,
  seq,
  status: status === "waiting" ? "waiting" : "rejected",
  makes,
  needs,
});

/** By the server's time alone, as the outbox does. */
export async function purgeUploads(store: UserStore, serverTime: number | null): Promise<void> {
  if (serverTime === null) return;
  const transaction = store.db.transaction("uploads", "readwrite");
  for (const upload of await transaction.store.getAll()) {
    if (upload.status !== "saved") continue;
    const { listedSince } = upload;
    if (listedSince === undefined) transaction.store.put({ ...upload, listedSince: serverTime });
    else if (listedSince < serverTime - LISTED_MS) transaction.store.delete(upload.id);
  }
  await transaction.done;
}
