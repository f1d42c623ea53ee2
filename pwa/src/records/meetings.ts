/** Meetings, from the opening to the confirmed minutes, with who was there. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type {
  AttendanceStatus,
  MeetingCopyFragment,
  MeetingStatus,
  MoneyAccount,
} from "../gen/graphql";
import { recordKind } from "./kind";

export type { AttendanceStatus };

/** Money by what it was for and how it was paid; negative for money that went out. */
export interface MinutesTotal {
  label: string;
  method: MoneyAccount;
  amount: Cents;
  count: number;
}

/** The figures of the close: of this phone until the books have said theirs. */
export interface MinutesFigures {
  present: number;
  late: number;
  excused: number;
  absent: number;
  notRecorded: number;
  quorumReached: boolean;
  /** Cash, without what came from the bank and went there. */
  cashIn: Cents;
  cashOut: Cents;
  /** Cash of the group that moved meanwhile without naming the meeting. */
  elsewhere: Cents;
  /** Charged at the close for absence and lateness; null until the books have said it. */
  finesCharged: Cents | null;
  totals: MinutesTotal[];
}

export interface Meeting {
  id: string;
  groupId: string;
  date: IsoDate;
  venue: string;
  status: MeetingStatus;
  openedAt: string;
  openingCash: Cents;
  broughtFromBank: Cents;
  quorum: number;
  attendance: Readonly<Record<string, AttendanceStatus>>;
  denominations: readonly { value: number; pieces: number }[];
  banked: Cents;
  counted: Cents | null;
  expected: Cents | null;
  /** Counted less expected. */
  variance: Cents | null;
  varianceNote: string | null;
  resolutions: string;
  closedAt: string | null;
  closedBy: string | null;
  confirmedAt: string | null;
  confirmedBy: string | null;
  onOfficersDevice: boolean;
  /** SHA-256 of what is signed, in hexadecimal. */
  hash: string | null;
  figures: MinutesFigures | null;
  /** The books hold another attendance than the phone that closed it. */
  attendanceDiffers: boolean;
}

const cents = (text: string | null) => (text === null ? null : fromDecimal(text));

export const meetings = recordKind({
  store: "records",
  groupId: (meeting: Meeting) => meeting.groupId,
  fromNode: (node: MeetingCopyFragment): Meeting => ({
    id: node.id,
    groupId: node.groupId,
    date: node.meetingDate,
    venue: node.venue,
    status: node.status,
    openedAt: node.openedAt,
    openingCash: fromDecimal(node.openingCash),
    broughtFromBank: fromDecimal(node.broughtFromBank),
    quorum: node.quorum,
    attendance: Object.fromEntries(
      node.attendance.map(({ memberId, status }) => [memberId, status]),
    ),
    denominations: node.denominations,
    banked: fromDecimal(node.banked),
    counted: cents(node.counted),
    expected: cents(node.expected),
    variance: cents(node.variance),
    varianceNote: node.varianceNote,
    resolutions: node.resolutions,
    closedAt: node.closedAt,
    closedBy: node.closedBy?.name ?? null,
    confirmedAt: node.confirmedAt,
    confirmedBy: node.confirmedBy?.name ?? null,
    onOfficersDevice: node.onOfficersDevice,
    hash: node.minutesHash,
    figures: node.minutes && figuresOf(node.minutes),
    attendanceDiffers: node.minutes?.attendanceDiffers ?? false,
  }),
});

function figuresOf(minutes: NonNullable<MeetingCopyFragment["minutes"]>): MinutesFigures {
  const { attendanceDiffers: _apart, totals, ...counts } = minutes;
  return {
    ...counts,
    cashIn: fromDecimal(minutes.cashIn),
    cashOut: fromDecimal(minutes.cashOut),
    elsewhere: fromDecimal(minutes.elsewhere),
    finesCharged: fromDecimal(minutes.finesCharged),
    totals: totals.map((row) => ({
      label: row.subcategory,
      method: row.account,
      amount: fromDecimal(row.amount) * (row.category === "CASH_IN" ? 1 : -1),
      count: row.lines,
    })),
  };
}
