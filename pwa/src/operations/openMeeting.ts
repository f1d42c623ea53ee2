import { type Cents, formatMoney, fromDecimal } from "@tablebanking/common/money";
import type { Meeting } from "../records/meetings";
import { type Identified, type Input, operationKind } from "./kind";

export interface OpenMeetingBody {
  type: "openMeeting";
  input: Identified<Input<"openMeeting">>;
  groupName: string;
  /** As this phone knew them. */
  openedAt: string;
  openingCash: Cents;
  quorum: number;
}

const broughtBy = ({ input }: OpenMeetingBody): Cents =>
  fromDecimal(input.broughtFromBank ?? "0.00");

export const openMeeting = operationKind<OpenMeetingBody>({
  type: "openMeeting",
  words: (body) => ({
    key: broughtBy(body) > 0 ? "op.openMeetingBrought" : "op.openMeeting",
    values: { date: { day: body.input.meetingDate }, amount: formatMoney(broughtBy(body)) },
  }),
  about: ({ input }) => ({ entityId: input.id, memberId: "" }),
  makes: ({ input }) => [input.id],
  records: (body) => [{ name: "meetings", value: meetingOf(body) }],
  makesRecord: "meetings",
  cash: broughtBy,
});

function meetingOf(body: OpenMeetingBody): Meeting {
  const { input, openedAt, openingCash, quorum } = body;
  return {
    id: input.id,
    groupId: input.groupId,
    date: input.meetingDate,
    venue: input.venue ?? "",
    status: "OPEN",
    openedAt,
    openingCash,
    broughtFromBank: broughtBy(body),
    quorum,
    attendance: {},
    denominations: [],
    banked: 0,
    counted: null,
    expected: null,
    variance: null,
    varianceNote: null,
    resolutions: "",
    closedAt: null,
    closedBy: null,
    confirmedAt: null,
    confirmedBy: null,
    onOfficersDevice: false,
    hash: null,
    figures: null,
    attendanceDiffers: false,
  };
}
