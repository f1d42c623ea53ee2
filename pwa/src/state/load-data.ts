/** Fills the copy that the screens read, at unlock, and follows the notices of the sync engine. */
import type { Group, Member, Operation, Upload } from "../lib/model";
import { getRow, getRows, openRecord } from "../records/copy";
import type { StoredRecord } from "../store/schema";
import { getMeta, type UserStore } from "../store/user-store";
import { type Notice, onNotice } from "../sync/notify";
import { readOutbox } from "../sync/outbox";
import { openInfo } from "../sync/upload-box";
import { clearData, type ListedMember, useData, whenCleared } from "./data";
import { copiedAt, laidOver, type WaitingChanges, waitingChanges } from "./waiting";

let stored = new Map<string, Member>();
let stop: (() => void) | null = null;
let work: Promise<void> = Promise.resolve();

export async function loadData(store: UserStore, dataKey: CryptoKey): Promise<void> {
  clearData();
  whenCleared(() => {
    stop?.();
    stop = null;
    stored = new Map();
    shown = new Map();
    inOrder = [];
  });
  await readAll(store, dataKey);
  await refreshOutbox(store);
  await refreshUploads(store);
  await readStatus(store);
  // One after the other, so that an older reading never overwrites a newer one.
  stop = onNotice((notice) => {
    if (notice.userId !== store.userId) return;
    work = work
      .then(() => (stop ? follow(store, dataKey, notice) : undefined))
      .catch(() => undefined);
  });
}

async function follow(store: UserStore, dataKey: CryptoKey, notice: Notice): Promise<void> {
  if (notice.kind === "progress") {
    useData.setState({ progress: notice.progress });
    if (notice.progress.phase === "idle") await readStatus(store);
    return;
  }
  if (notice.kind === "uploads") {
    useData.setState({ uploading: notice.active });
    return refreshUploads(store);
  }
  if (notice.kind === "data") {
    if (notice.memberIds && notice.groupIds) {
      await readSome(store, dataKey, notice.memberIds, notice.groupIds);
    } else {
      await readAll(store, dataKey);
    }
    await readStatus(store);
  }
  await refreshOutbox(store);
  useData.setState(({ revision }) => ({ revision: revision + 1 }));
}

async function readAll(store: UserStore, dataKey: CryptoKey): Promise<void> {
  const [groupRows, memberRows] = await Promise.all([
    getRows(store.db, "groups"),
    getRows(store.db, "members"),
  ]);
  const groups = await Promise.all(groupRows.map((row) => openRecord(dataKey, "groups", row)));
  const members = await Promise.all(memberRows.map((row) => openRecord(dataKey, "members", row)));
  stored = new Map(members.map((member) => [member.id, member]));
  useData.setState({
    groups: byName(groups),
    copiedAt: new Map([...groupRows, ...memberRows].map((row) => [row.id, copiedAt(row)])),
  });
}

async function readSome(
  store: UserStore,
  dataKey: CryptoKey,
  memberIds: string[],
  groupIds: string[],
): Promise<void> {
  const times = new Map(useData.getState().copiedAt);
  const keepTime = (id: string, row: StoredRecord | undefined) => {
    if (row) times.set(id, copiedAt(row));
    else times.delete(id);
  };
  for (const id of memberIds) {
    const row = await getRow(store.db, "members", id);
    if (row) stored.set(id, await openRecord(dataKey, "members", row));
    else stored.delete(id);
    keepTime(id, row);
  }
  const groups = new Map(useData.getState().groups);
  for (const id of groupIds) {
    const row = await getRow(store.db, "groups", id);
    if (row) groups.set(id, await openRecord(dataKey, "groups", row));
    else groups.delete(id);
    keepTime(id, row);
  }
  if (groupIds.length > 0) useData.setState({ groups: byName([...groups.values()]) });
  if (groupIds.length + memberIds.length > 0) useData.setState({ copiedAt: times });
}

const byName = (groups: Group[]) =>
  new Map(groups.sort((a, b) => a.name.localeCompare(b.name)).map((group) => [group.id, group]));

async function readStatus(store: UserStore): Promise<void> {
  const [done, members, expected, lastPullAt, ended] = await Promise.all([
    getMeta(store, "firstCopyDone"),
    getMeta(store, "firstCopyMembers"),
    getMeta(store, "firstCopyExpected"),
    getMeta(store, "lastPullAt"),
    getMeta(store, "sessionEnded"),
  ]);
  useData.setState({
    firstCopy: { done: done === true, members: members ?? 0, expected: expected ?? 0 },
    lastPullAt: lastPullAt ?? null,
    sessionEnded: ended === true,
  });
}

async function refreshUploads(store: UserStore): Promise<void> {
  const rows = await store.db.getAll("uploads");
  const listed = rows.filter(({ status }) => status !== "dropped");
  const uploads = await Promise.all(
    listed.map(async ({ info, ...row }): Promise<Upload> => {
      const { memberName, groupName, message } = await openInfo(store, { info, ...row });
      return { ...row, memberName, groupName, message };
    }),
  );
  useData.setState({ uploads: uploads.sort((a, b) => a.takenAt - b.takenAt) });
}

async function refreshOutbox(store: UserStore): Promise<void> {
  const { operations, positionsWaiting } = await readOutbox(store);
  const byEntity = new Map<string, Operation>();
  for (const operation of operations) {
    if (operation.status !== "removed") byEntity.set(operation.entityId, operation);
  }
  const waiting = waitingChanges(operations);
  useData.setState(({ copiedAt: times }) => ({
    operations,
    byEntity,
    waiting,
    positionsWaiting,
    members: listMembers(waiting, times),
  }));
}

interface Shown {
  stored: Member;
  at: number;
  touched: boolean;
  listed: ListedMember;
}

let shown = new Map<string, Shown>();
let inOrder: string[] = [];

/**
 * The stored members with the officer's own unsent edits laid over them, by name. Of thousands
 * few change at a time: the others stay the same objects, in the same order.
 */
function listMembers(
  waiting: WaitingChanges,
  times: ReadonlyMap<string, number>,
): Map<string, ListedMember> {
  const next = new Map<string, Shown>();
  let sameOrder = shown.size === stored.size;
  for (const member of stored.values()) {
    const { id } = member;
    const old = shown.get(id);
    const at = times.get(id) ?? 0;
    const touched = waiting.has(`members:${id}`);
    const same = old?.stored === member && old.at === at && !touched && !old.touched;
    const one = same
      ? old
      : { stored: member, at, touched, listed: laidOver("members", member, at, waiting) };
    if (old?.listed.memberName !== one.listed.memberName) sameOrder = false;
    next.set(id, one);
  }
  shown = next;
  if (!sameOrder) inOrder = byMemberName([...next.values()].map(({ listed }) => listed));
  return new Map(
    inOrder.flatMap((id) => {
      const one = next.get(id);
      return one ? [[id, one.listed] as const] : [];
    }),
  );
}

function byMemberName(members: ListedMember[]): string[] {
  const { compare } = new Intl.Collator("en");
  return members.sort((a, b) => compare(a.memberName, b.memberName)).map(({ id }) => id);
}
