import { type Input, operationKind, type Synced } from "./kind";

export interface TrackOfficerBody {
  type: "trackOfficer";
  input: Synced<Input<"trackOfficer">>;
}

/** A position: counted, not listed, and of no interest once the server has it. */
export const trackOfficer = operationKind<TrackOfficerBody>({
  type: "trackOfficer",
  own: true,
  about: ({ input }) => ({ entityId: input.offlineSyncId, memberId: "" }),
});
