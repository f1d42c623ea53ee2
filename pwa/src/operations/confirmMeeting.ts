import { closedAs } from "./closeMeeting";
import { type Input, operationKind, type Synced } from "./kind";

export interface ConfirmMeetingBody {
  type: "confirmMeeting";
  input: Synced<Input<"confirmMeeting">>;
  groupName: string;
  /** Who signed on this phone. */
  by: { id: string; name: string };
  /** Of the minutes that were signed; older versions of the app did not keep it. */
  hash?: string | null;
}

export const confirmMeeting = operationKind<ConfirmMeetingBody>({
  type: "confirmMeeting",
  words: ({ by }) => ({ key: "op.confirmMeeting", values: { by: by.name } }),
  about: ({ input }) => ({ entityId: input.meetingId, memberId: "" }),
  needs: ({ input }) => [closedAs(input.meetingId)],
  changes: ({ input, by, hash }, { timestamp }) => [
    {
      name: "meetings",
      id: input.meetingId,
      change: (meeting) =>
        // Other minutes than those in the books were not confirmed.
        meeting.status === "CLOSED" && (hash === undefined || hash === meeting.hash)
          ? {
              ...meeting,
              status: "CONFIRMED",
              confirmedAt: new Date(timestamp).toISOString(),
              confirmedBy: by.name,
              onOfficersDevice: true,
            }
          : meeting,
    },
  ],
});
