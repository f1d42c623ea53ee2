/**
 * Fetches what changed. A page and its cursor are written in one transaction, so a copy that
 * was cut off goes on where it stopped, and no page is skipped. What this phone has not sent
 * yet is not touched: operations live in the outbox, and pulled records never delete them.
 */
import type { IDBPTransaction } from "idb";
import { ChangesDocument, type ChangesQuery, CountMembersDocument } from "../gen/graphql";
import type { UserDb } from "../store/schema";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { Refused, request } from "./api";
import { notify } from "./notify";
import {
  sealContribution,
  sealGroup,
  sealMember,
  toContribution,
  toGroup,
  toMember,
} from "./records";
import { withToken } from "./session";

const PAGE_STORES = [
  "members",
  "groups",
  "contributions",
  "pending_operations",
  "sync_metadata",
] as const;

type Changes = ChangesQuery["changes"];

export async function pull(store: UserStore, dataKey: CryptoKey): Promise<void> {
  const first = !(await getMeta(store, "firstCopyDone"));
  if (first) await expectMembers(store);
  let since = (await getMeta(store, "cursor")) ?? null;
  for (;;) {
    const page = await fetchPage(store, since);
    await storePage(store, dataKey, page, first);
    since = page.cursor;
    if (!page.hasMore) break;
  }
  await setMeta(store, "firstCopyDone", true);
  await setMeta(store, "lastPullAt", Date.now());
  notify({ kind: "data", userId: store.userId, memberIds: [], groupIds: [] });
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
  const [members, groups, contributions] = await Promise.all([
    Promise.all(page.members.map((node) => sealMember(dataKey, toMember(node), false))),
    Promise.all(page.groups.map((node) => sealGroup(dataKey, toGroup(node)))),
    Promise.all(
      page.contributions.map((node) => sealContribution(dataKey, toContribution(node), false)),
    ),
  ]);
  const transaction = store.db.transaction(PAGE_STORES, "readwrite");
  const meta = transaction.objectStore("sync_metadata");
  // Deleted first: a group that was taken away and given back comes whole in the same page.
  for (const id of page.deletedIds) await dropRecord(transaction, id);
  for (const row of groups) transaction.objectStore("groups").put(row);
  for (const row of members) transaction.objectStore("members").put(row);
  for (const row of contributions) transaction.objectStore("contributions").put(row);
  await releaseHeld(transaction, new Set(contributions.map((row) => row.id)));
  if (first) {
    const copied = ((await meta.get("firstCopyMembers"))?.value as number | undefined) ?? 0;
    meta.put({ key: "firstCopyMembers", value: copied + members.length });
  }
  meta.put({ key: "cursor", value: page.cursor });
  await transaction.done;
  const many = members.length + page.deletedIds.length > 200;
  notify({
    kind: "data",
    userId: store.userId,
    memberIds: many || page.deletedIds.length > 0 ? null : members.map((row) => row.id),
    groupIds: page.deletedIds.length > 0 ? null : groups.map((row) => row.id),
  });
}

type PageTransaction = IDBPTransaction<UserDb, typeof PAGE_STORES, "readwrite">;

/** An id of a record, or of a group that is no longer this officer's: then all of it goes. */
async function dropRecord(transaction: PageTransaction, id: string): Promise<void> {
  const members = transaction.objectStore("members");
  const contributions = transaction.objectStore("contributions");
  for (const key of await members.index("groupId").getAllKeys(id)) members.delete(key);
  for (const key of await contributions.index("groupId").getAllKeys(id)) contributions.delete(key);
  for (const key of await contributions.index("memberId").getAllKeys(id)) contributions.delete(key);
  transaction.objectStore("groups").delete(id);
  members.delete(id);
  contributions.delete(id);
}

/** What lay at the office and now stands in the books was decided. */
async function releaseHeld(transaction: PageTransaction, ids: Set<string>): Promise<void> {
  const operations = transaction.objectStore("pending_operations");
  for (const record of await operations.index("status").getAll("held")) {
    if (ids.has(record.entityId))
      operations.put({ ...record, status: "saved", settledAt: Date.now() });
  }
}
