/** The pipeline as tiles, and the finer stages within some of them. */
import type { LoanStage } from "../../gen/graphql";

/** Left to right as a loan goes. */
export const TILES = [
  "AWAITING_MY_APPROVAL",
  "PENDING",
  "READY_TO_DISBURSE",
  "RUNNING",
  "OVERDUE",
  "CLOSED",
] as const satisfies readonly LoanStage[];

export const WITHIN: Partial<Record<LoanStage, readonly LoanStage[]>> = {
  PENDING: [
    "ID_MISSING",
    "AWAITING_OFFICER",
    "AWAITING_CHAIR",
    "AWAITING_COMMITTEE",
    "AWAITING_ADMIN",
  ],
  CLOSED: ["COMPLETED", "REJECTED", "WRITTEN_OFF"],
};

export const STAGES: readonly [LoanStage, ...LoanStage[]] = [
  "PENDING",
  ...TILES.filter((stage) => stage !== "PENDING"),
  ...Object.values(WITHIN).flat(),
];

/** The tile that a stage belongs to. */
export function tileOf(stage: LoanStage): LoanStage {
  return TILES.find((tile) => tile === stage || WITHIN[tile]?.includes(stage)) ?? stage;
}
