/** How the people's states and work read. */
import type { Tone } from "../../components/StatusBadge";
import type { Role, UserStatus } from "../../gen/graphql";
import { t } from "../../i18n";
import type { PersonRow } from "./people-api";

export const ROLES: readonly Role[] = [
  "SYSTEM_ADMIN",
  "FIELD_OFFICER",
  "GROUP_CHAIR",
  "GROUP_COMMITTEE",
];
export const STATUSES: readonly UserStatus[] = ["ACTIVE", "INVITED", "INACTIVE"];

export const TONES: Record<UserStatus, Tone> = {
  ACTIVE: "good",
  INVITED: "waiting",
  INACTIVE: "quiet",
};

/** Records on all their phones that the server does not have yet. */
export function unsentCount({ unsentWork }: Pick<PersonRow, "unsentWork">): number {
  return unsentWork.reduce((sum, { waiting, failed }) => sum + waiting + failed, 0);
}

/** "Upendo, Tumaini and 3 more". */
export function groupsText({ assignedGroups }: Pick<PersonRow, "assignedGroups">): string {
  const names = assignedGroups.map(({ name }) => name);
  if (names.length <= 2) return names.join(", ");
  return t("people.groupsMore", { names: names.slice(0, 2).join(", "), count: names.length - 2 });
}

/** As it is read out and typed: "1234 5678". */
export const spokenCode = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ");

/** Whether the role has one group, any number of groups, or none. */
export function groupsOf(role: Role | ""): "one" | "many" | "none" {
  if (role === "FIELD_OFFICER") return "many";
  return role === "GROUP_CHAIR" || role === "GROUP_COMMITTEE" ? "one" : "none";
}

export const deviceName = (name: string | null) => name || t("sessions.unnamed");

/** Records that a device has not sent, of all officers on it. */
export function unsentOn({
  unsent,
}: {
  unsent: readonly { waiting: number; failed: number }[];
}): number {
  return unsent.reduce((sum, { waiting, failed }) => sum + waiting + failed, 0);
}
