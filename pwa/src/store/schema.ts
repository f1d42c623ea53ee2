/**
 * The phone's databases. Both only grow: an upgrade step is never changed once it has been
 * released, a new one is added at the end, and phones that skipped versions run all they lack.
 *
 * - `tablebanking-device`: one per phone: the device's id and secret, and who has signed in here.
 * - `tablebanking-user-<id>`: one per officer, so that two officers on one phone stay apart.
 */

import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { DocumentKind } from "../gen/graphql";

/** AES-256-GCM ciphertext of a JSON value. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

export interface DeviceRecord {
  key: "device";
  deviceId: string;
  /** HMAC key that cannot leave this browser; mixed into every PIN. */
  secret: CryptoKey;
}

export interface Vault {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  pinLength: number;
  /** The data key, wrapped by what the PIN and the device secret give. */
  wrapped: Sealed;
}

export interface AccountRecord {
  userId: string;
  name: string;
  phone: string;
  lastUsedAt: number;
  vault: Vault | null;
  wrongPins: number;
  /** No PIN is tried before this moment (ms). */
  lockedUntil: number;
}

export interface DeviceDb extends DBSchema {
  device: { key: string; value: DeviceRecord };
  accounts: { key: string; value: AccountRecord };
}

/**
 * waiting   on this phone
 * sending   in a batch whose answer is not here yet
 * saved     in the books (APPLIED or DUPLICATE)
 * held      at the office (HELD)
 * conflict  needs the officer: somebody else changed the same record
 * rejected  needs the officer: the server said why not
 * failed    needs the officer: five tries without an answer of any use
 * removed   taken back by the officer before it was sent, with a reason
 */
export type OperationStatus =
  | "waiting"
  | "sending"
  | "saved"
  | "held"
  | "conflict"
  | "rejected"
  | "failed"
  | "removed";

export interface OperationRecord {
  /** The offlineSyncId. */
  id: string;
  /** The order of making: the order of sending. */
  seq: number;
  /** A kind of pwa/src/operations. */
  type: string;
  timestamp: number;
  status: OperationStatus;
  groupId: string;
  memberId: string;
  entityId: string;
  /** Records, and states of records, that stand once this is in the books (sync/chain.ts). */
  makes: string[];
  /** What must stand before. */
  needs: string[];
  tries: number;
  /** It may be in the books already: an answer was lost. Not to be changed until one arrives. */
  uncertain: boolean;
  /** When a file that a colleague can send was made of it: it may be in the books since. */
  handedAt?: number;
  settledAt: number | null;
  /** Settled, and seen so at this time of the server's: from then on it is listed for a week. */
  listedSince?: number;
  /** The run of the sync engine that settled it; clocks of phones jump, this only grows. */
  settledRun?: number;
  code: string | null;
  /** OperationBody under the seal key, so that a locked phone can still send it. */
  body: Sealed;
  /** OperationOutcome under the seal key. */
  outcome: Sealed | null;
}

/**
 * A record under the data key, in one of the first version's stores or in `records`. Rows of
 * the first version lack what is optional; groups had no group.
 */
export interface StoredRecord {
  id: string;
  groupId?: string;
  memberId?: string;
  /** Made here, until the server's copy has come. */
  local?: boolean;
  /** The run of the sync engine that fetched the server's copy: what a later one settled is not in it. */
  at?: number;
  sealed: Sealed;
}

/** A row of `records`, which holds every kind that has no store of its own. */
export interface RecordRow extends StoredRecord {
  /** "<kind>:<id>" */
  key: string;
  /** "<kind>:<other id>" for the group, the member … it belongs to, and "<kind>:" for all. */
  refs: string[];
}

/**
 * Bytes under the seal key until the server has them. `file`: of the upload with the same id.
 * The others are data URIs that older versions of the app put into the registration itself.
 */
export interface DocumentRecord {
  id: string;
  operationId: string;
  kind: "idPhoto" | "signature" | "file";
  sealed: Sealed;
}

/**
 * waiting   on this phone, perhaps partly with the server (`sent`)
 * saved     the server has it whole
 * refused   needs the officer: the server said why not
 * failed    needs the officer: five tries without an answer of any use
 * dropped   another picture took its place: the server is told to forget its beginning
 */
export type UploadStatus = "waiting" | "saved" | "refused" | "failed" | "dropped";

/** A picture that goes up in pieces (docs/documents.md). Its bytes lie in `documents`. */
export interface UploadRecord {
  /** Made here; the document's too, unless the server has the same file already. */
  id: string;
  kind: DocumentKind;
  groupId: string;
  /** "" for minutes. */
  memberId: string;
  meetingId: string | null;
  /** Between which operations of the outbox it was taken, and what it makes and needs (sync/chain.ts). */
  seq: number;
  makes: string[];
  needs: string[];
  takenAt: number;
  status: UploadStatus;
  size: number;
  /** What the server had, when it last said so. */
  sent: number;
  /** The server may know of it. */
  begun: boolean;
  tries: number;
  code: string | null;
  documentId: string | null;
  settledAt: number | null;
  /** As that of an operation. */
  listedSince?: number;
  /** UploadInfo under the seal key. */
  info: Sealed;
}

/** A small picture of a member's face under the data key, so that it shows without signal. */
export interface FaceRecord {
  /** The member's id. */
  id: string;
  groupId: string;
  documentId: string;
  usedAt: number;
  sealed: Sealed;
}

export interface UserDb extends DBSchema {
  members: { key: string; value: StoredRecord; indexes: { groupId: string } };
  groups: { key: string; value: StoredRecord };
  contributions: {
    key: string;
    value: StoredRecord;
    indexes: { groupId: string; memberId: string };
  };
  records: { key: string; value: RecordRow; indexes: { refs: string } };
  pending_operations: {
    key: string;
    value: OperationRecord;
    indexes: {
      seq: number;
      status: OperationStatus;
      type: string;
      timestamp: number;
      memberId: string;
      entityId: string;
    };
  };
  documents: { key: string; value: DocumentRecord; indexes: { operationId: string } };
  uploads: { key: string; value: UploadRecord; indexes: { memberId: string } };
  faces: { key: string; value: FaceRecord; indexes: { groupId: string; usedAt: number } };
  drafts: { key: string; value: { key: string; sealed: Sealed } };
  sync_metadata: { key: string; value: { key: string; value: unknown } };
}

type Upgrade<S extends DBSchema> = (
  db: IDBPDatabase<S>,
  transaction: IDBPTransaction<S, never, "versionchange">,
) => void;

const DEVICE_UPGRADES: Upgrade<DeviceDb>[] = [
  (db) => {
    db.createObjectStore("device", { keyPath: "key" });
    db.createObjectStore("accounts", { keyPath: "userId" });
  },
];

const USER_UPGRADES: Upgrade<UserDb>[] = [
  (db) => {
    db.createObjectStore("members", { keyPath: "id" }).createIndex("groupId", "groupId");
    db.createObjectStore("groups", { keyPath: "id" });
    const contributions = db.createObjectStore("contributions", { keyPath: "id" });
    contributions.createIndex("groupId", "groupId");
    contributions.createIndex("memberId", "memberId");
    const operations = db.createObjectStore("pending_operations", { keyPath: "id" });
    operations.createIndex("seq", "seq", { unique: true });
    operations.createIndex("status", "status");
    operations.createIndex("type", "type");
    operations.createIndex("timestamp", "timestamp");
    operations.createIndex("memberId", "memberId");
    operations.createIndex("entityId", "entityId");
    db.createObjectStore("documents", { keyPath: "id" }).createIndex("operationId", "operationId");
    db.createObjectStore("drafts", { keyPath: "key" });
    db.createObjectStore("sync_metadata", { keyPath: "key" });
  },
  (db, transaction) => {
    const records = db.createObjectStore("records", { keyPath: "key" });
    records.createIndex("refs", "refs", { multiEntry: true });
    const operations = (transaction as unknown as UserUpgrade).objectStore("pending_operations");
    void chainOperations(operations);
  },
  (db) => {
    db.createObjectStore("uploads", { keyPath: "id" }).createIndex("memberId", "memberId");
    const faces = db.createObjectStore("faces", { keyPath: "id" });
    faces.createIndex("groupId", "groupId");
    faces.createIndex("usedAt", "usedAt");
  },
];

/** Each version that is older has its test, with data in it (test/upgrade.test.ts). */
export const VERSIONS = { device: DEVICE_UPGRADES.length, user: USER_UPGRADES.length };

type UserUpgrade = IDBPTransaction<UserDb, ["pending_operations"], "versionchange">;

/** Until now one thing could rest on another: a member's operations on the registration. */
async function chainOperations(operations: ReturnType<UserUpgrade["objectStore"]>): Promise<void> {
  for (let cursor = await operations.openCursor(); cursor; cursor = await cursor.continue()) {
    const record = cursor.value;
    const member = record.memberId ? [record.memberId] : [];
    const makesMember = record.type === "registerMember";
    cursor.update({
      ...record,
      makes: makesMember ? member : [],
      needs: makesMember ? [] : member,
    });
  }
}

async function open<S extends DBSchema>(name: string, upgrades: Upgrade<S>[]) {
  const db = await openDB<S>(name, upgrades.length, {
    upgrade(database, oldVersion, _newVersion, transaction) {
      for (const step of upgrades.slice(oldVersion)) step(database, transaction as never);
    },
    // A newer version of the app in another tab wants to upgrade: let it.
    blocking: () => {
      db.close();
      db.dispatchEvent(new Event("close"));
    },
  });
  return db;
}

export const openDeviceDb = () => open<DeviceDb>("tablebanking-device", DEVICE_UPGRADES);

const userDbName = (userId: string) => `tablebanking-user-${userId}`;
export const openUserDb = (userId: string) => open<UserDb>(userDbName(userId), USER_UPGRADES);
export const deleteUserDb = (userId: string) => deleteDB(userDbName(userId));
