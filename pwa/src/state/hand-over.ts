/**
 * Unsent work in a colleague's hands: an officer whose phone cannot send makes a locked file and a
 * code; another officer of the same groups, or an administrator, takes it over and sends it. Each
 * operation keeps its id, and the server carries an id out once, so it does not matter who of the
 * two sends first, nor whether both do. The server judges the sender's authority.
 */
import { formatMoment, todayInNairobi } from "@tablebanking/common/dates";
import { t } from "../i18n";
import { type LockBox, lockBox, newCode, openBox } from "../lib/lock-box";
import type { Operation } from "../lib/model";
import { NotAParcel, unwrap, wrap } from "../lib/parcel";
import { kindOf } from "../operations";
import { textFile } from "../platform/files";
import type { AccountRecord, DocumentRecord } from "../store/schema";
import { sealMade } from "../sync/made";
import { enqueue, markHanded, readOutbox } from "../sync/outbox";
import { useData } from "./data";
import {
  makeParcel,
  type Parcel,
  type ParcelOperation,
  readParcel,
  sendableByOthers,
} from "./parcel";
import { takePictures } from "./pictures";
import { usePrefs } from "./prefs";
import { sealDocuments } from "./record";
import { openStore } from "./session";
import { syncSoon } from "./sync";

export interface Made {
  file: File;
  code: string;
}

interface Locked {
  format: "tablebanking-hand-over";
  version: 1;
  box: LockBox;
}

/** From now on a colleague may send it, so that it cannot be corrected or taken back here. */
export async function makeHandOver(
  officer: Pick<AccountRecord, "userId" | "name" | "phone">,
): Promise<Made> {
  const { store } = openStore();
  const operations = sendableByOthers((await readOutbox(store)).operations);
  const parcel = await makeParcel(store, officer, operations);
  const code = newCode();
  const locked: Locked = {
    format: "tablebanking-hand-over",
    version: 1,
    box: await lockBox(code, parcel),
  };
  const moment = formatMoment(Date.now(), usePrefs.getState().language);
  const words = t("handOver.fileText", { name: officer.name, moment, count: operations.length });
  await markHanded(
    store,
    operations.map(({ id }) => id),
  );
  return { code, file: textFile(`hand-over-${todayInNairobi()}.txt`, wrap(words, locked)) };
}

export type Opened = { needsCode: true } | { needsCode: false; parcel: Parcel };

/** A locked file needs its code; an export is open. Throws NotAParcel, WrongCode. */
export async function openFile(text: string, code: string | null): Promise<Opened> {
  const contents = unwrap(text) as Partial<Locked> | null;
  if (contents?.format !== "tablebanking-hand-over") {
    return { needsCode: false, parcel: readParcel(contents) };
  }
  const { box, version } = contents;
  if (version !== 1 || !box || !(box.iterations > 0 && box.iterations <= 2_000_000)) {
    throw new NotAParcel("not of this version");
  }
  if (code === null) return { needsCode: true };
  return { needsCode: false, parcel: readParcel(await openBox(code, box)) };
}

export interface Sorted {
  fresh: ParcelOperation[];
  /** In this phone's outbox already. */
  known: number;
  /** Of groups that this officer does not serve, or kinds that only the other may send. */
  notMine: number;
}

export function sortParcel(
  { operations }: Parcel,
  here: readonly Operation[],
  groups: ReadonlyMap<string, unknown>,
): Sorted {
  const ids = new Set(here.map(({ id }) => id));
  const isKnown = ({ body }: ParcelOperation) => ids.has(body.input.offlineSyncId);
  const isMine = ({ groupId, body }: ParcelOperation) => {
    const kind = kindOf(body.type);
    return groups.has(groupId) && kind !== null && !kind.own;
  };
  const others = operations.filter((row) => !isKnown(row));
  return {
    fresh: others.filter(isMine),
    known: operations.length - others.length,
    notMine: others.filter((row) => !isMine(row)).length,
  };
}

/** Into this officer's outbox, all or nothing. Returns how many. */
export async function takeOver(parcel: Parcel): Promise<number> {
  const { store, dataKey } = openStore();
  const { groups, operations } = useData.getState();
  const { fresh } = sortParcel(parcel, operations, groups);
  const taken = fresh.map(({ groupId, timestamp, body }) => ({
    groupId,
    timestamp,
    uncertain: true,
    body: { ...body, takenFrom: parcel.officer.name },
  }));
  const records = await Promise.all(
    taken.map(({ body, groupId }) => sealMade(dataKey, [body], groupId)),
  );
  const documents = await Promise.all(
    fresh.map(({ body, documents: pictures }) =>
      sealDocuments(
        body.input.offlineSyncId,
        pictures as Partial<Record<DocumentRecord["kind"], string>>,
      ),
    ),
  );
  await enqueue(store, taken, {
    records: records.flat(),
    documents: documents.flat(),
    uploads: await takePictures(parcel),
  });
  syncSoon();
  return taken.length;
}
