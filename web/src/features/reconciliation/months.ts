/** What became of a month. */
import type { Tone } from "../../components/StatusBadge";
import type { ReconciliationStatus } from "../../gen/graphql";

export const STATUSES: readonly ReconciliationStatus[] = ["OPEN", "READY", "SIGNED"];
export const TONES: Record<ReconciliationStatus, Tone> = {
  OPEN: "waiting",
  READY: "office",
  SIGNED: "good",
};
