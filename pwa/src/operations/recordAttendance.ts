import { type Input, operationKind, type Synced } from "./kind";

export interface RecordAttendanceBody {
  type: "recordAttendance";
  input: Synced<Input<"recordAttendance">>;
  groupName: string;
}

const attended = (meetingId: string) => `${meetingId}.attendance`;

/** Who was there. One of them is corrected as long as it waits. */
export const recordAttendance = operationKind<RecordAttendanceBody>({
  type: "recordAttendance",
  words: ({ input }) => ({
    key: "op.recordAttendance",
    values: {
      here: input.attendance.filter(({ status }) => status === "PRESENT" || status === "LATE")
        .length,
      count: input.attendance.length,
    },
  }),
  about: ({ input }) => ({ entityId: input.meetingId, memberId: "" }),
  makes: ({ input }) => [attended(input.meetingId)],
  needs: ({ input }) => [input.meetingId],
  changes: ({ input }) => [
    {
      name: "meetings",
      id: input.meetingId,
      change: (meeting) => ({
        ...meeting,
        attendance: {
          ...meeting.attendance,
          ...Object.fromEntries(input.attendance.map(({ memberId, status }) => [memberId, status])),
        },
      }),
    },
  ],
});
