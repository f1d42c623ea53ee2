import type { ActivityType } from "../../gen/graphql";
import type { Position } from "./officers-api";

export const ACTIVITIES: readonly ActivityType[] = [
  "MEMBER_VISIT",
  "GROUP_MEETING",
  "COLLECTION",
  "TRAVEL",
  "OTHER",
];

export type OfficerFilter = { text: string; activity: ActivityType | "" };

/** By name, so that the list stands still while the officers move. */
export function chooseOfficers(
  officers: readonly Position[],
  { text, activity }: OfficerFilter,
): Position[] {
  const wanted = text.trim().toLowerCase();
  return officers
    .filter((at) => !activity || at.activityType === activity)
    .filter(({ officer }) => `${officer.user.name} ${officer.phone}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.officer.user.name.localeCompare(b.officer.user.name));
}
