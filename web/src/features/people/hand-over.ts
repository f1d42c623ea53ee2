/** The groups of an officer who leaves, and who gets them. */
import type { HandOverInput } from "../../gen/graphql";
import { t } from "../../i18n";
import type { HandOverGroup } from "./people-api";

type Chosen = Readonly<Record<string, string>>;

export const firstGroups = (groups: readonly HandOverGroup[]): Record<string, string> =>
  Object.fromEntries(groups.map(({ id }) => [id, ""]));

/** The names of those who serve the group too and stay. */
export function othersOf(group: HandOverGroup, leaver: string): string[] {
  return group.officers
    .filter(({ officer }) => officer.id !== leaver && officer.isActive)
    .map(({ officer }) => officer.user.name);
}

/** A group that nobody else serves needs somebody; by its id. */
export function withoutHeir(
  groups: readonly HandOverGroup[],
  chosen: Chosen,
  leaver: string,
): Record<string, string> {
  const found = groups.filter((group) => !chosen[group.id] && othersOf(group, leaver).length === 0);
  return Object.fromEntries(found.map(({ id }) => [id, t("people.leave.heirNeeded")]));
}

export function handOverOf(groups: readonly HandOverGroup[], chosen: Chosen): HandOverInput[] {
  return groups.flatMap(({ id }) => {
    const heir = chosen[id];
    return heir ? [{ groupId: id, toOfficerId: heir }] : [];
  });
}
