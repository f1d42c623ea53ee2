/** How far a meeting is; and of one that a day asks for, whether it was held or visited. */
import { todayInNairobi } from "@tablebanking/common/dates";
import type { MeetingStatus } from "../gen/graphql";
import { t } from "../i18n";
import { StatusBadge, type Tone } from "./StatusBadge";

const TONES: Record<MeetingStatus, Tone> = { OPEN: "waiting", CLOSED: "office", CONFIRMED: "good" };

export function MeetingState({ status }: { status: MeetingStatus }) {
  return <StatusBadge tone={TONES[status]} text={t(`meetingStatus.${status}`)} />;
}

export type PlannedState = "met" | "visited" | "notYet" | "missed";

export function plannedState(met: boolean, visited: boolean, date: string): PlannedState {
  if (met) return "met";
  if (visited) return "visited";
  return date >= todayInNairobi() ? "notYet" : "missed";
}

const PLANNED_TONES: Record<PlannedState, Tone> = {
  met: "good",
  visited: "good",
  notYet: "waiting",
  missed: "wrong",
};

export function PlannedBadge({ state }: { state: PlannedState }) {
  return <StatusBadge tone={PLANNED_TONES[state]} text={t(`map.${state}`)} />;
}
