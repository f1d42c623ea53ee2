/** Meetings as the screens show them: whose turn it is, what moved at the table, what should lie on it. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, sumCents } from "@tablebanking/common/money";
import { useMemo } from "react";
import type { Group, Member, Operation } from "../lib/model";
import { kindOf } from "../operations";
import type { MeetingLine } from "../operations/kind";
import type { AttendanceStatus, Meeting, MinutesFigures, MinutesTotal } from "../records/meetings";
import { isUnsent } from "../sync/outbox";
import { cashOf } from "./balances";
import { type ListedMember, useData } from "./data";
import { useRecords } from "./records";
import type { Listed } from "./waiting";

export type ListedMeeting = Listed<Meeting>;

/** Of a group, or of all, the newest first; null until they are read. */
export function useMeetings(groupId: string | null): ListedMeeting[] | null {
  const rows = useRecords("meetings", groupId);
  return useMemo(() => rows && [...rows].sort(newestFirst), [rows]);
}

/**
 * The group's meeting that is on and was opened on this phone: money that is taken or handed out
 * now passes over its table. Null where there is none, undefined until it is read.
 */
export function useOpenMeeting(groupId: string): ListedMeeting | null | undefined {
  const meetings = useMeetings(groupId);
  const operations = useData((state) => state.operations);
  return useMemo(
    () => (meetings ? openHere(meetings, operations) : undefined),
    [meetings, operations],
  );
}

/** What another officer opened is theirs to count. */
export function openHere<M extends Pick<Meeting, "id" | "status">>(
  meetings: readonly M[],
  operations: readonly Pick<Operation, "type" | "entityId" | "status">[],
): M | null {
  const opened = new Set(
    operations
      .filter(({ type, status }) => type === "openMeeting" && status !== "removed")
      .map(({ entityId }) => entityId),
  );
  return meetings.find(({ id, status }) => status === "OPEN" && opened.has(id)) ?? null;
}

const newestFirst = (a: Meeting, b: Meeting) =>
  b.date.localeCompare(a.date) || b.openedAt.localeCompare(a.openedAt);

export function useGroupMembers(groupId: string): ListedMember[] {
  const members = useData((state) => state.members);
  return useMemo(
    () => [...members.values()].filter((member) => member.groupId === groupId),
    [members, groupId],
  );
}

/** Who may be at the table, and whoever was marked although they have left since. */
export const rollOf = <M extends Pick<Member, "id" | "isActive">>(
  members: readonly M[],
  attendance: Meeting["attendance"],
): M[] => members.filter((member) => member.isActive || member.id in attendance);

export interface Roll {
  here: number;
  late: number;
  excused: number;
  absent: number;
  notRecorded: number;
  total: number;
  quorumReached: boolean;
}

/** Who is late is here too. */
export function countRoll(
  memberIds: readonly string[],
  attendance: Meeting["attendance"],
  quorum: number,
): Roll {
  const count = (status: AttendanceStatus) =>
    Object.values(attendance).filter((one) => one === status).length;
  const late = count("LATE");
  const here = count("PRESENT") + late;
  return {
    here,
    late,
    excused: count("EXCUSED"),
    absent: count("ABSENT"),
    notRecorded: memberIds.filter((id) => !(id in attendance)).length,
    total: memberIds.length,
    quorumReached: here >= quorum,
  };
}

/** Rounded up, as the server does: half of seven members is four. */
export const quorumOf = (group: Pick<Group, "terms">, active: number): number =>
  Math.ceil((active * (group.terms?.quorumPercent ?? 0)) / 100_00);

export interface MeetingEntry {
  operation: Operation;
  line: MeetingLine;
}

/** The money that moved at a meeting, by what this phone has recorded; the oldest first. */
export function entriesOf(operations: readonly Operation[], meetingId: string): MeetingEntry[] {
  return operations.flatMap((operation) => {
    if (operation.status === "removed") return [];
    const line = kindOf(operation.type)?.atMeeting?.(operation.body);
    return line?.meetingId === meetingId ? [{ operation, line }] : [];
  });
}

/**
 * Apart: what came after the close and is none of its minutes. The server has said so, or it will:
 * it is still here although somebody else has closed the meeting.
 */
export function byClose(
  entries: readonly MeetingEntry[],
  closedHere: boolean,
): { counted: MeetingEntry[]; late: MeetingEntry[] } {
  const isLate = ({ operation: { code, status } }: MeetingEntry) =>
    code === "MEETING_CLOSED" || (!closedHere && isUnsent({ status }));
  return {
    counted: entries.filter((entry) => !isLate(entry)),
    late: entries.filter(isLate),
  };
}

/** This phone's close counts: it is on its way, or in the books. */
export const isClosedHere = (operations: readonly Operation[], meetingId: string): boolean =>
  operations.some(
    ({ type, entityId, status, code }) =>
      type === "closeMeeting" &&
      entityId === meetingId &&
      status !== "removed" &&
      code !== "MEETING_CLOSED",
  );

/** By what it was for and how it was paid, in the order of both; in and out apart. */
export function totalsOf(entries: readonly MeetingEntry[]): MinutesTotal[] {
  const totals = new Map<string, MinutesTotal>();
  for (const { line } of entries) {
    const { label, method, amount } = line;
    const key = `${label} ${method} ${amount < 0}`;
    const known = totals.get(key) ?? { label, method, amount: 0, count: 0 };
    totals.set(key, { ...known, amount: known.amount + amount, count: known.count + 1 });
  }
  return [...totals.keys()].sort().map((key) => totals.get(key) as MinutesTotal);
}

/** Cash alone; banking apart, as the server's minutes have it. */
export function cashAtTable(entries: readonly MeetingEntry[]): { cashIn: Cents; cashOut: Cents } {
  const cash = entries
    .filter(({ line }) => line.method === "CASH" && !BANKING.has(line.label))
    .map(({ line }) => line.amount);
  return {
    cashIn: sumCents(cash.filter((amount) => amount > 0)),
    cashOut: -sumCents(cash.filter((amount) => amount < 0)),
  };
}

const BANKING: ReadonlySet<string> = new Set(["TO_BANK", "FROM_BANK"]);

/** The cash that should lie on the table now: books and phone together. */
export function useCash(groupId: string): Cents {
  const group = useData((state) => state.groups.get(groupId));
  const operations = useData((state) => state.operations);
  const at = useData((state) => state.copiedAt.get(groupId) ?? 0);
  return useMemo(() => (group ? cashOf(group, operations, at).total : 0), [group, operations, at]);
}

export interface Reckoning {
  opening: Cents;
  brought: Cents;
  cashIn: Cents;
  cashOut: Cents;
  elsewhere: Cents;
  banked: Cents;
  expected: Cents;
}

/** How the expected cash comes about, for the count and the minutes. `cash` is what is there now. */
export function reckon(
  meeting: Pick<Meeting, "openingCash" | "broughtFromBank">,
  entries: readonly MeetingEntry[],
  cash: Cents,
  banked: Cents,
): Reckoning {
  const { cashIn, cashOut } = cashAtTable(entries);
  const opening = meeting.openingCash;
  const brought = meeting.broughtFromBank;
  return {
    opening,
    brought,
    cashIn,
    cashOut,
    elsewhere: cash - (opening + brought + cashIn - cashOut),
    banked,
    expected: cash - banked,
  };
}

export function figuresOf(
  roll: Roll,
  reckoning: Reckoning,
  entries: readonly MeetingEntry[],
): MinutesFigures {
  return {
    present: roll.here - roll.late,
    late: roll.late,
    excused: roll.excused,
    absent: roll.absent,
    notRecorded: roll.notRecorded,
    quorumReached: roll.quorumReached,
    cashIn: reckoning.cashIn,
    cashOut: reckoning.cashOut,
    elsewhere: reckoning.elsewhere,
    finesCharged: null,
    totals: totalsOf(entries),
  };
}

/** The phone's clock says an earlier day than it did at the last copy: it has jumped back. */
export const clockJumpedBack = (lastPullAt: number | null, today: IsoDate = todayInNairobi()) =>
  lastPullAt !== null && today < todayInNairobi(new Date(lastPullAt));
