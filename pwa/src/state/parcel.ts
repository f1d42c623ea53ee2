/** The unsent work as it leaves this phone in a file, and as a colleague's phone reads it. */
import { formatDate, formatMoment, formatTime, todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { formatPhone } from "@tablebanking/common/phone";
import { receiptNumber } from "@tablebanking/common/receipt";
import { t } from "../i18n";
import { groupBy } from "../lib/group-by";
import type { Operation, OperationBody } from "../lib/model";
import { NotAParcel } from "../lib/parcel";
import { kindOf } from "../operations";
import { unseal } from "../store/crypto";
import type { AccountRecord, UploadRecord } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { restingOn } from "../sync/chain";
import { documentPlace, isUnsent, needsOfficer, readOutbox } from "../sync/outbox";
import { isUnsentUpload, openFile, openInfo, type UploadInfo } from "../sync/upload-box";
import { usePrefs } from "./prefs";
import { safetyOf } from "./safety";
import { describe, groupNameOf, reasonFor, whatHoldsBack } from "./words";

export interface Parcel {
  format: "tablebanking-outbox";
  version: 2;
  officer: { id: string; name: string; phone: string };
  madeAt: string;
  operations: ParcelOperation[];
  /** Pictures that go up by themselves; the first parcels had none. */
  pictures?: ParcelPicture[];
}

export interface ParcelPicture extends Omit<UploadInfo, "message"> {
  id: string;
  kind: UploadRecord["kind"];
  groupId: string;
  memberId: string;
  meetingId: string | null;
  makes: string[];
  needs: string[];
  takenAt: number;
  /** A data URI. */
  picture: string;
}

export interface ParcelOperation {
  groupId: string;
  timestamp: number;
  body: OperationBody;
  /** Pictures, by what they show, as data URIs. */
  documents: Record<string, string>;
}

/** What somebody else can send: not a person's own word, nor papers that rest on one. */
export function sendableByOthers(operations: readonly Operation[]): Operation[] {
  const unsent = operations.filter(isUnsent);
  const own = unsent.filter((row) => kindOf(row.type)?.own);
  const lost = new Set(own.map(({ id }) => id));
  for (const root of own) {
    for (const row of restingOn(root, unsent)) {
      // Money that moved is a fact all the same; the office finds its place.
      if (!kindOf(row.type)?.final) lost.add(row.id);
    }
  }
  return unsent.filter(({ id }) => !lost.has(id));
}

export async function makeParcel(
  store: UserStore,
  { userId, name, phone }: Pick<AccountRecord, "userId" | "name" | "phone">,
  operations: readonly Operation[],
): Promise<Parcel> {
  return {
    format: "tablebanking-outbox",
    version: 2,
    officer: { id: userId, name, phone },
    madeAt: new Date().toISOString(),
    operations: await Promise.all(
      operations.map(async ({ id, groupId, timestamp, body }) => ({
        groupId,
        timestamp,
        body,
        documents: await picturesOf(store, id),
      })),
    ),
    pictures: await picturesOnTheWay(store),
  };
}

async function picturesOnTheWay(store: UserStore): Promise<ParcelPicture[]> {
  const rows = (await store.db.getAll("uploads")).filter(isUnsentUpload);
  const all = rows.map(async (row): Promise<ParcelPicture | null> => {
    const { id, kind, groupId, memberId, meetingId, makes, needs, takenAt } = row;
    const [info, bytes] = await Promise.all([openInfo(store, row), openFile(store, id)]);
    if (!bytes) return null;
    const { memberName, groupName, sha256 } = info;
    const whose = { groupId, memberId, meetingId, memberName, groupName };
    const picture = `data:image/jpeg;base64,${base64(bytes)}`;
    return { id, kind, ...whose, makes, needs, takenAt, sha256, picture };
  });
  return (await Promise.all(all)).filter((one) => one !== null);
}

const base64 = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

async function picturesOf(store: UserStore, operationId: string): Promise<Record<string, string>> {
  const rows = await store.db.getAllFromIndex("documents", "operationId", operationId);
  const pictures = rows.map(async ({ id, kind, sealed }) => [
    kind,
    await unseal<string>(store.sealKey, documentPlace(id), sealed),
  ]);
  return Object.fromEntries(await Promise.all(pictures)) as Record<string, string>;
}

/** Only what this version of the app can read in full: half a parcel would mislead. */
export function readParcel(value: unknown): Parcel {
  const parcel = value as Partial<Parcel> | null;
  const good =
    parcel?.format === "tablebanking-outbox" &&
    parcel.version === 2 &&
    typeof parcel.officer?.name === "string" &&
    Array.isArray(parcel.operations) &&
    parcel.operations.every(
      (row) =>
        typeof row?.groupId === "string" &&
        typeof row.timestamp === "number" &&
        typeof row.body?.input?.offlineSyncId === "string",
    );
  if (!good) throw new NotAParcel("not of this version");
  return parcel as Parcel;
}

/** What a supervisor reads: everything that is not in the books, by group and day, with reasons. */
export async function inWords(
  store: UserStore,
  { name, phone }: Pick<AccountRecord, "name" | "phone">,
): Promise<string> {
  const { language } = usePrefs.getState();
  const { operations } = await readOutbox(store);
  const unsent = operations.filter(isUnsent);
  const behind = whatHoldsBack(operations, await store.db.getAll("uploads"));
  const days = groupBy(
    unsent,
    (row) =>
      `${groupNameOf(row)} · ${formatDate(todayInNairobi(new Date(row.timestamp)), language)}`,
  );
  const lines = [
    t("export.title"),
    t("export.officer", { name, phone: formatPhone(phone) }),
    t("export.made", { moment: formatMoment(Date.now(), language) }),
    t("export.count", { count: unsent.length, amount: formatMoney(safetyOf(unsent).cash) }),
  ];
  for (const [day, rows] of days) {
    lines.push("", day);
    for (const row of rows) {
      lines.push(await lineOf(row, language));
      const reason = reasonFor(row, behind.get(row.id) ?? null);
      if (reason) lines.push(`       ${reason}`);
    }
  }
  return lines.join("\n");
}

async function lineOf(operation: Operation, language: string): Promise<string> {
  const { type, body, id, status, timestamp } = operation;
  const isMoney = kindOf(type)?.cash?.(body as never) !== undefined;
  const parts = [
    describe(operation),
    isMoney && (await receiptNumber(id)),
    t(needsOfficer({ status }) ? "state.needs" : "state.waiting"),
  ];
  return `${formatTime(timestamp, language)}  ${parts.filter(Boolean).join(" · ")}`;
}
