/** What the officer does at a meeting: each step is in the outbox as soon as it is done. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, toDecimal } from "@tablebanking/common/money";
import { cleanLines, cleanText, hashOf, meetingForm } from "@tablebanking/common/signing";
import { uuidv7 } from "@tablebanking/common/uuid";
import type { SignatureInput } from "../gen/graphql";
import type { BodyOf } from "../operations";
import type { AttendanceStatus, Meeting } from "../records/meetings";
import { isEditable, isUnsent, openOperation } from "../sync/outbox";
import { useData } from "./data";
import { figuresOf, type MeetingEntry, quorumOf, type Reckoning, type Roll } from "./meetings";
import { correct, namesOf, newIds, record } from "./record";
import { openStore, useSession } from "./session";

export interface MeetingStart {
  date: IsoDate;
  venue: string;
  brought: Cents;
  /** The cash on the table before it, and the active members, as the screen shows them. */
  cash: Cents;
  active: number;
}

export const startDraft = (groupId: string) => `meeting-start:${groupId}`;
export const meetingDraft = (meetingId: string) => `meeting:${meetingId}`;
export const stepDraft = (meetingId: string) => `meeting-step:${meetingId}`;
export const sheetDraft = (groupId: string, meetingId: string | null) =>
  meetingId ? `sheet:${groupId}:${meetingId}` : `sheet:${groupId}`;

/** Returns the meeting's id. */
export async function startMeeting(groupId: string, start: MeetingStart): Promise<string> {
  const ids = newIds();
  const group = useData.getState().groups.get(groupId);
  const body: BodyOf<"openMeeting"> = {
    type: "openMeeting",
    groupName: group?.name ?? "",
    openedAt: new Date().toISOString(),
    openingCash: start.cash,
    quorum: group ? quorumOf(group, start.active) : 0,
    input: {
      ...ids,
      groupId,
      meetingDate: start.date,
      venue: cleanText(start.venue),
      ...(start.brought > 0 ? { broughtFromBank: toDecimal(start.brought) } : {}),
    },
  };
  await record(groupId, [body], { dropDrafts: [startDraft(groupId)] });
  return ids.id;
}

export type Marks = Readonly<Record<string, AttendanceStatus>>;

let marking: Promise<void> = Promise.resolve();

/**
 * Saved as it is tapped: one operation that is corrected as long as it waits, and a further one
 * once that is on its way. One after the other, so that the last tap is the last one written.
 */
export function markAttendance(meeting: Meeting, marks: Marks): Promise<void> {
  const next = marking.then(() => writeMarks(meeting, marks));
  marking = next.catch(() => undefined);
  return next;
}

async function writeMarks({ id: meetingId, groupId }: Meeting, marks: Marks): Promise<void> {
  const waiting = await waitingAttendance(meetingId);
  const known = waiting?.body.type === "recordAttendance" ? waiting.body.input.attendance : [];
  const all = { ...Object.fromEntries(known.map((row) => [row.memberId, row.status])), ...marks };
  const body: BodyOf<"recordAttendance"> = {
    type: "recordAttendance",
    groupName: namesOf(groupId, "").groupName,
    input: {
      meetingId,
      offlineSyncId: waiting?.id ?? uuidv7(),
      attendance: Object.entries(all).map(([memberId, status]) => ({ memberId, status })),
    },
  };
  if (waiting) {
    const gone = await correct(waiting.id, groupId, body).then(
      () => false,
      () => true,
    );
    if (!gone) return;
    // It has just left: a further one follows it.
    body.input.offlineSyncId = uuidv7();
  }
  await record(groupId, [body]);
}

async function waitingAttendance(meetingId: string) {
  const { store } = openStore();
  const rows = await store.db.getAllFromIndex("pending_operations", "entityId", meetingId);
  const last = rows
    .filter((row) => row.type === "recordAttendance" && isUnsent(row))
    .sort((a, b) => a.seq - b.seq)
    .at(-1);
  return last && isEditable(last) ? openOperation(store, last) : null;
}

export interface MeetingClose {
  roll: Roll;
  reckoning: Reckoning;
  entries: readonly MeetingEntry[];
  counted: Cents;
  /** In whole shillings. */
  denominations: { value: number; pieces: number }[];
  varianceNote: string;
  resolutions: string;
}

/** The count is compared, the minutes stand; what is signed is settled here. */
export async function closeMeeting(meeting: Meeting, close: MeetingClose): Promise<void> {
  await marking;
  const { reckoning, counted, entries, roll } = close;
  const { expected, banked } = reckoning;
  const figures = figuresOf(roll, reckoning, entries);
  const denominations = close.denominations
    .filter(({ pieces }) => pieces > 0)
    .sort((a, b) => b.value - a.value);
  const varianceNote = cleanText(close.varianceNote);
  const resolutions = cleanLines(close.resolutions);
  const attendance = Object.entries(meeting.attendance)
    .map(([memberId, status]) => ({ memberId, status }))
    .sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const signed = {
    id: meeting.id,
    groupId: meeting.groupId,
    meetingDate: meeting.date,
    broughtFromBank: meeting.broughtFromBank,
    banked,
    expected,
    counted,
    denominations,
    attendance,
    totals: figures.totals,
    varianceNote,
    resolutions,
  };
  const body: BodyOf<"closeMeeting"> = {
    type: "closeMeeting",
    groupName: namesOf(meeting.groupId, "").groupName,
    follows: await madeAt(meeting.id),
    close: {
      banked,
      counted,
      expected,
      variance: counted - expected,
      varianceNote: varianceNote || null,
      resolutions,
      closedAt: new Date().toISOString(),
      closedBy: useSession.getState().account?.name ?? null,
      hash: await hashOf(meetingForm(signed)),
      figures,
      denominations,
    },
    input: {
      meetingId: meeting.id,
      offlineSyncId: uuidv7(),
      denominations,
      ...(banked > 0 ? { banked: toDecimal(banked) } : {}),
      ...(varianceNote ? { varianceNote } : {}),
      ...(resolutions ? { resolutions } : {}),
      claim: {
        expected: toDecimal(expected),
        attendance,
        totals: figures.totals.map(({ label, method, amount }) => ({
          label,
          paymentMethod: method,
          amount: toDecimal(amount),
        })),
      },
    },
  };
  await record(meeting.groupId, [body], {
    dropDrafts: [meetingDraft(meeting.id), stepDraft(meeting.id)],
  });
}

/** All that was done at the meeting and has not gone up: the close comes after it. */
async function madeAt(meetingId: string): Promise<string[]> {
  const rows = await openStore().store.db.getAll("pending_operations");
  const made = rows.filter((row) => isUnsent(row) && row.needs.includes(meetingId));
  return [...new Set(made.flatMap(({ makes }) => makes))];
}

/** By the signature of the chair or a committee member, made on this phone. */
export async function confirmMeeting(
  meeting: Meeting,
  by: { id: string; name: string },
  signature: SignatureInput,
): Promise<void> {
  await record(meeting.groupId, [
    {
      type: "confirmMeeting",
      groupName: namesOf(meeting.groupId, "").groupName,
      by,
      hash: meeting.hash,
      input: { meetingId: meeting.id, offlineSyncId: uuidv7(), signature },
    },
  ]);
}
