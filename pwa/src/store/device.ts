/** What belongs to the phone: its id, its secret, and the officers who have signed in on it. */
import { uuidv7 } from "@tablebanking/common/uuid";
import type { IDBPDatabase } from "idb";
import { makeDeviceSecret } from "./crypto";
import { type AccountRecord, type DeviceDb, type DeviceRecord, openDeviceDb } from "./schema";

let opened: Promise<IDBPDatabase<DeviceDb>> | null = null;

function device(): Promise<IDBPDatabase<DeviceDb>> {
  opened ??= openDeviceDb().then((db) => {
    db.addEventListener("close", () => {
      opened = null;
    });
    return db;
  });
  return opened;
}

export async function loadDevice(): Promise<DeviceRecord> {
  const db = await device();
  const known = await db.get("device", "device");
  if (known) return known;
  const fresh: DeviceRecord = {
    key: "device",
    deviceId: uuidv7(),
    secret: await makeDeviceSecret(),
  };
  // Two tabs may be here at once: the first to write wins, and both use what stands there.
  const transaction = db.transaction("device", "readwrite");
  const record = (await transaction.store.get("device")) ?? fresh;
  await transaction.store.put(record);
  await transaction.done;
  return record;
}

export async function listAccounts(): Promise<AccountRecord[]> {
  const accounts = await (await device()).getAll("accounts");
  return accounts.sort((a, b) => b.lastUsedAt - a.lastUsedAt);
}

export async function loadAccount(userId: string): Promise<AccountRecord | undefined> {
  return (await device()).get("accounts", userId);
}

export async function saveAccount(
  userId: string,
  changes: Partial<Omit<AccountRecord, "userId">>,
): Promise<void> {
  const transaction = (await device()).transaction("accounts", "readwrite");
  const known = await transaction.store.get(userId);
  const blank = { name: "", phone: "", lastUsedAt: 0, vault: null, wrongPins: 0, lockedUntil: 0 };
  await transaction.store.put({ ...blank, ...known, ...changes, userId });
  await transaction.done;
}

export async function removeAccount(userId: string): Promise<void> {
  await (await device()).delete("accounts", userId);
}

export async function closeDevice(): Promise<void> {
  (await opened)?.close();
  opened = null;
}
