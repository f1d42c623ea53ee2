/**
 * Fetches what changed. A page and its cursor are written in one transaction, so a copy that
 * was cut off goes on where it stopped, and no page is skipped. What this phone has not sent
 * yet is not touched: operations live in the outbox, and pulled records never delete them.
 */
import { ChangesDocument, type ChangesQuery, CountMembersDocument } from "../gen/graphql";
import { RECORD_NAMES, type RecordName, type RecordOf, recordKindOf } from "../records";
import {
  COPY_STORES,
  deleteRecord,
  dropRecords,
  putRecord,
  type SealedCopy,
  sealRecord,
} from "../records/copy";
import type { ReviewItem } from "../records/reviewItems";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { Refused, request } from "./api";
import { notify } from "./notify";
import { prepareDecisions, releaseHeld } from "./office";
import { withToken } from "./session";

const PAGE_STORES = [...COPY_STORES, "faces", "pending_operations", "sync_metadata"] as const;

type Changes = ChangesQuery["changes"];

export async function pull(store: UserStore, dataKey: CryptoKey): Promise<void> {
  const first = !(await getMeta(store, "firstCopyDone"));
  if (first) await expectMembers(store);
  const since = (await getMeta(store, "cursor")) ?? null;
  const news = since !== null && (await getMeta(store, "copiedKinds")) !== KINDS;
  if (since === null) await setMeta(store, "copiedKinds", KINDS);
  await copyFrom(store, dataKey, since, first);
  if (news) {
    // A new version of the app reads more kinds. The old cursor has told what is gone; now all
    // that is there comes again, and with it what the old version did not ask for.
    await setMeta(store, "cursor", null);
    await setMeta(store, "copiedKinds", KINDS);
    await copyFrom(store, dataKey, null, first);
  }
  await setMeta(store, "firstCopyDone", true);
  await setMeta(store, "lastPullAt", Date.now());
  notify({ kind: "data", userId: store.userId, memberIds: [], groupIds: [] });
}

/** Changed by hand when a kind gets new fields that old copies lack. */
const COPY_VERSION = 4;
const KINDS = `${COPY_VERSION}:${RECORD_NAMES.join()}`;

async function copyFrom(
  store: UserStore,
  dataKey: CryptoKey,
  start: string | null,
  first: boolean,
): Promise<void> {
  let since = start;
  for (;;) {
    const page = await fetchPage(store, since);
    await storePage(store, dataKey, page, first);
    since = page.cursor;
    if (!page.hasMore) return;
  }
}

/** The length of the progress bar. */
async function expectMembers(store: UserStore): Promise<void> {
  if ((await getMeta(store, "firstCopyExpected")) !== undefined) return;
  const { members } = await withToken(store, (token) =>
    request(CountMembersDocument, {}, { token }),
  );
  await setMeta(store, "firstCopyExpected", members.totalCount);
}

async function fetchPage(store: UserStore, since: string | null): Promise<Changes> {
  const ask = (cursor: string | null) =>
    withToken(store, (token) =>
      request(ChangesDocument, { since: cursor }, { token, timeoutMs: 60_000 }),
    );
  try {
    return (await ask(since)).changes;
  } catch (error) {
    // The server does not know this cursor any more: copy everything again.
    const unknown = error instanceof Refused && error.field === "since";
    if (since === null || !unknown) throw error;
    return (await ask(null)).changes;
  }
}

async function storePage(
  store: UserStore,
  dataKey: CryptoKey,
  page: Changes,
  first: boolean,
): Promise<void> {
  const run = (await getMeta(store, "run")) ?? 0;
  const read = RECORD_NAMES.flatMap((name) => readNodes(name, page[name]));
  const copies = await Promise.all(
    read.map(({ name, value }) => sealRecord(dataKey, name, value, run)),
  );
  const items = read.filter(({ name }) => name === "reviewItems");
  const decisions = await prepareDecisions(
    store,
    items.map(({ value }) => value as ReviewItem),
  );
  const transaction = store.db.transaction(PAGE_STORES, "readwrite");
  const meta = transaction.objectStore("sync_metadata");
  // Deleted first: a group that was taken away and given back comes whole in the same page.
  for (const id of page.deletedIds) {
    await dropRecords(transaction, id);
    await dropFaces(transaction.objectStore("faces"), id);
  }
  for (const { name, id } of decisions.flatMap((decision) => decision.replaced)) {
    deleteRecord(transaction, name, id);
  }
  for (const copy of copies) putRecord(transaction, copy);
  await releaseHeld(
    transaction.objectStore("pending_operations"),
    placesOf(copies),
    decisions,
    run,
  );
  const members = copies.filter(({ name }) => name === "members");
  if (first) {
    const copied = ((await meta.get("firstCopyMembers"))?.value as number | undefined) ?? 0;
    meta.put({ key: "firstCopyMembers", value: copied + members.length });
  }
  meta.put({ key: "cursor", value: page.cursor });
  await transaction.done;
  const dropped = page.deletedIds.length > 0;
  const many = dropped || members.length > 200;
  notify({
    kind: "data",
    userId: store.userId,
    memberIds: many ? null : members.map(({ row }) => row.id),
    groupIds: dropped
      ? null
      : copies.filter(({ name }) => name === "groups").map(({ row }) => row.id),
  });
}

type Read = { name: RecordName; value: RecordOf<RecordName> };

/** Of a member, or of all members of a group. */
async function dropFaces(
  faces: {
    index(name: "groupId"): { getAllKeys(id: string): Promise<string[]> };
    delete(id: string): Promise<void>;
  },
  id: string,
): Promise<void> {
  for (const key of [id, ...(await faces.index("groupId").getAllKeys(id))]) await faces.delete(key);
}

/** What this version of the app cannot read is left out, and does not stop the rest. */
function readNodes(name: RecordName, nodes: readonly unknown[] | undefined): Read[] {
  const { fromNode } = recordKindOf(name);
  return (nodes ?? []).flatMap((node) => {
    try {
      return [{ name, value: fromNode(node) as RecordOf<RecordName> }];
    } catch {
      return [];
    }
  });
}

/** "<kind>:<id>": the office's item about a record may carry the record's own id. */
const placesOf = (copies: SealedCopy[]) =>
  new Set(copies.map(({ name, row }) => `${name}:${row.id}`));
