/**
 * The opened copy of the store that the screens read: groups, members, the outbox. It is
 * filled at unlock, kept up to date by the notices of the sync engine, and emptied at lock.
 */
import { formatPhone } from "@tablebanking/common/phone";
import { create } from "zustand";
import type { Group, Member, Operation } from "../lib/model";
import { getMeta, type UserStore } from "../store/user-store";
import { type Notice, onNotice, type Progress } from "../sync/notify";
import { isUnsent, readOutbox } from "../sync/outbox";
import { openGroup, openMember } from "../sync/records";

/** A member as the screens show it, with what the search looks at in one lower-case text. */
export interface ListedMember extends Member {
  haystack: string;
  /** The registration or an edit of this member that the server does not have yet. */
  pending: Operation | null;
}

interface DataState {
  groups: Map<string, Group>;
  members: Map<string, ListedMember>;
  operations: Operation[];
  /** By the id of the record that an operation makes: what state is it in? */
  byEntity: Map<string, Operation>;
  positionsWaiting: number;
  progress: Progress;
  firstCopy: { done: boolean; members: number; expected: number };
  lastPullAt: number | null;
  sessionEnded: boolean;
  /** Counts up when stored contributions may have changed. */
  revision: number;
}

const EMPTY: DataState = {
  groups: new Map(),
  members: new Map(),
  operations: [],
  byEntity: new Map(),
  positionsWaiting: 0,
  progress: { phase: "idle", done: 0, total: 0, problem: null },
  firstCopy: { done: true, members: 0, expected: 0 },
  lastPullAt: null,
  sessionEnded: false,
  revision: 0,
};

export const useData = create<DataState>(() => EMPTY);

let stored = new Map<string, Member>();
let stop: (() => void) | null = null;
let work: Promise<void> = Promise.resolve();

export async function loadData(store: UserStore, dataKey: CryptoKey): Promise<void> {
  clearData();
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

export function clearData(): void {
  stop?.();
  stop = null;
  stored = new Map();
  useData.setState(EMPTY, true);
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
    store.db.getAll("groups"),
    store.db.getAll("members"),
  ]);
  const groups = await Promise.all(groupRows.map((row) => openGroup(dataKey, row)));
  const members = await Promise.all(memberRows.map((row) => openMember(dataKey, row)));
  stored = new Map(members.map((member) => [member.id, member]));
  useData.setState({ groups: byName(groups) });
}

async function readSome(
  store: UserStore,
  dataKey: CryptoKey,
  memberIds: string[],
  groupIds: string[],
): Promise<void> {
  for (const id of memberIds) {
    const row = await store.db.get("members", id);
    if (row) stored.set(id, await openMember(dataKey, row));
    else stored.delete(id);
  }
  if (groupIds.length === 0) return;
  const groups = new Map(useData.getState().groups);
  for (const id of groupIds) {
    const row = await store.db.get("groups", id);
    if (row) groups.set(id, await openGroup(dataKey, row));
    else groups.delete(id);
  }
  useData.setState({ groups: byName([...groups.values()]) });
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
  useData.setState(({ groups }) => ({
    operations,
    byEntity,
    positionsWaiting,
    members: listMembers(operations, groups),
  }));
}

/** The stored members with the officer's own unsent edits laid over them, by name. */
function listMembers(
  operations: Operation[],
  groups: Map<string, Group>,
): Map<string, ListedMember> {
  const pending = new Map<string, Operation>();
  const edited = new Map<string, Member>();
  for (const operation of operations) {
    if (!isUnsent(operation)) continue;
    const member = edited.get(operation.memberId) ?? stored.get(operation.memberId);
    if (!member || operation.type === "recordContribution") continue;
    pending.set(member.id, operation);
    if (operation.body.type === "updateMember") edited.set(member.id, applyEdit(member, operation));
  }
  const listed = [...stored.values()].map((member): ListedMember => {
    const shown = edited.get(member.id) ?? member;
    return {
      ...shown,
      haystack: haystackOf(shown, groups.get(shown.groupId)),
      pending: pending.get(member.id) ?? null,
    };
  });
  const collator = new Intl.Collator("en");
  listed.sort((a, b) => collator.compare(a.memberName, b.memberName));
  return new Map(listed.map((member) => [member.id, member]));
}

function applyEdit(member: Member, operation: Operation): Member {
  if (operation.body.type !== "updateMember") return member;
  const { memberName, phone, dateOfBirth, nextOfKin, isActive } = operation.body.input;
  return {
    ...member,
    memberName: memberName ?? member.memberName,
    phone: phone ?? member.phone,
    dateOfBirth: dateOfBirth === undefined ? member.dateOfBirth : dateOfBirth,
    isActive: isActive ?? member.isActive,
    nextOfKin: nextOfKin
      ? nextOfKin.map((kin) => ({
          name: kin.name,
          relationship: kin.relationship,
          phone: kin.phone ?? null,
          idNumber: kin.idNumber ?? null,
        }))
      : member.nextOfKin,
  };
}

function haystackOf(member: Member, group: Group | undefined): string {
  const home = formatPhone(member.phone).replaceAll(" ", "");
  return [member.memberName, member.idNumber, member.phone, home, group?.groupCode ?? ""]
    .join(" ")
    .toLowerCase();
}
