import { type Input, operationKind, type Synced } from "./kind";

export interface RecordAttendanceBody {
  type: "recordAttendance";
  input: Synced<Input<"recordAttendance">>;
  groupName: string;
}

const attended = (meetingId: string) => `${meetingId}.attendance`;

const marksOf = ({ attendance }: RecordAttendanceBody["input"]) =>
  Object.fromEntries(attendance.map(({ memberId, status }) => [memberId, status]));

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
      // The attendance of closed minutes stands.
      change: (meeting) =>
        meeting.status === "OPEN"
          ? { ...meeting, attendance: { ...meeting.attendance, ...marksOf(input) } }
          : meeting,
    },
  ],
});
