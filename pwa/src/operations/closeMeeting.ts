import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import type { Meeting } from "../records/meetings";
import { after } from "../sync/chain";
import { type Input, operationKind, type Synced } from "./kind";

export interface CloseMeetingBody {
  type: "closeMeeting";
  input: Synced<Input<"closeMeeting">>;
  groupName: string;
  /** What must have gone up before it: all that happened at the meeting. */
  follows: string[];
  /** The close as this phone shows it. */
  close: Pick<
    Meeting,
    | "banked"
    | "counted"
    | "expected"
    | "variance"
    | "varianceNote"
    | "resolutions"
    | "closedAt"
    | "closedBy"
    | "hash"
    | "figures"
    | "denominations"
  >;
}

/** No state (sync/chain.ts): the minutes may be confirmed in the same batch. */
export const closedAs = (meetingId: string) => `${meetingId}.closed`;

export const closeMeeting = operationKind<CloseMeetingBody>({
  type: "closeMeeting",
  words: ({ close }) => ({
    key: close.variance ? "op.closeMeetingDiffers" : "op.closeMeeting",
    values: {
      counted: formatMoney(close.counted ?? 0),
      variance: formatMoney(Math.abs(close.variance ?? 0)),
    },
  }),
  about: ({ input }) => ({ entityId: input.meetingId, memberId: "" }),
  makes: ({ input }) => [closedAs(input.meetingId)],
  needs: ({ input, follows }) => [input.meetingId, ...follows.map(after)],
  changes: ({ input, close }) => [
    {
      name: "meetings",
      id: input.meetingId,
      // Somebody else's close that the books hold stands.
      change: (meeting) =>
        meeting.status === "OPEN" ? { ...meeting, ...close, status: "CLOSED" } : meeting,
    },
  ],
  // Afterwards the books hold what was counted.
  cash: ({ input, close }) => (close.variance ?? 0) - fromDecimal(input.banked ?? "0.00"),
});
