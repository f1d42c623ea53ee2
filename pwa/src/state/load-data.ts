/** Fills the copy that the screens read, at unlock, and follows the notices of the sync engine. */
import { formatPhone } from "@tablebanking/common/phone";
import type { Group, Member, Operation } from "../lib/model";
import { getRow, getRows, openRecord } from "../records/copy";
import type { StoredRecord } from "../store/schema";
import { getMeta, type UserStore } from "../store/user-store";
import { type Notice, onNotice } from "../sync/notify";
import { readOutbox } from "../sync/outbox";
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
  });
  await readAll(store, dataKey);
  await refreshOutbox(store);
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

async function refreshOutbox(store: UserStore): Promise<void> {
  const { operations, positionsWaiting } = await readOutbox(store);
  const byEntity = new Map<string, Operation>();
  for (const operation of operations) {
    if (operation.status !== "removed") byEntity.set(operation.entityId, operation);
  }
  const waiting = waitingChanges(operations);
  useData.setState(({ groups, copiedAt: times }) => ({
    operations,
    byEntity,
    waiting,
    positionsWaiting,
    members: listMembers(waiting, groups, times),
  }));
}

/** The stored members with the officer's own unsent edits laid over them, by name. */
function listMembers(
  waiting: WaitingChanges,
  groups: Map<string, Group>,
  times: ReadonlyMap<string, number>,
): Map<string, ListedMember> {
  const listed = [...stored.values()].map((member): ListedMember => {
    const shown = laidOver("members", member, times.get(member.id) ?? 0, waiting);
    return { ...shown, haystack: haystackOf(shown, groups.get(shown.groupId)) };
  });
  const collator = new Intl.Collator("en");
  listed.sort((a, b) => collator.compare(a.memberName, b.memberName));
  return new Map(listed.map((member) => [member.id, member]));
}

function haystackOf(member: Member, group: Group | undefined): string {
  const home = formatPhone(member.phone).replaceAll(" ", "");
  return [member.memberName, member.idNumber, member.phone, home, group?.groupCode ?? ""]
    .join(" ")
    .toLowerCase();
}
