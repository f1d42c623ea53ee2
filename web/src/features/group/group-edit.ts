/** What of a group was edited, and what clashes as one. Pure, so that it is tested alone. */
import type { Units } from "../../components/edit-clash";
import { missingFields, REQUIRED } from "../../components/GroupFields";
import type { GroupFactsFragment, UpdateGroupInput } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { weekdayName } from "../../lib/dates";
import { parsePoint, pointText } from "../../lib/point-text";

export const NAMES = [
  "name",
  "county",
  "constituency",
  "ward",
  "village",
  "meetingDay",
  "meetingVenue",
  "status",
  "geo",
] as const;
export type FieldName = (typeof NAMES)[number];
export type Values = Record<FieldName, string>;

/** The server's county, constituency and ward are one value: they are sent, and clash, together. */
const PLACE: readonly FieldName[] = ["county", "constituency", "ward"];

type Facts = Partial<Omit<GroupFactsFragment, "geo">> & { geo?: unknown };

export function toValues(group: Facts): Values {
  return {
    name: group.name ?? "",
    county: group.county ?? "",
    constituency: group.constituency ?? "",
    ward: group.ward ?? "",
    village: group.village ?? "",
    meetingDay: (group.meetingDay ?? "").toUpperCase(),
    meetingVenue: group.meetingVenue ?? "",
    status: group.status ?? "ACTIVE",
    geo: pointText(group.geo),
  };
}

/** Only what differs is sent, so that edits of different fields merge. */
export function changesOf(before: Values, after: Values): UpdateGroupInput {
  const changed = NAMES.filter((name) => before[name] !== after[name]);
  const moved = changed.some((name) => PLACE.includes(name));
  const sent = NAMES.filter(
    (name) => name !== "geo" && (changed.includes(name) || (moved && PLACE.includes(name))),
  );
  const input = Object.fromEntries(sent.map((name) => [name, after[name]])) as UpdateGroupInput;
  const geo = changed.includes("geo") ? parsePoint(after.geo) : null;
  return geo ? { ...input, geo } : input;
}

export function check(values: Values, before: Values): Record<string, string> {
  const found = missingFields(values, REQUIRED);
  if (values.geo !== before.geo && !parsePoint(values.geo)) found.geo = t("editGroup.pointWrong");
  return found;
}

export const UNITS: Units<Values> = {
  name: { label: "newGroup.name", fields: ["name"] },
  place: { label: "editGroup.place", fields: ["ward", "constituency", "county"] },
  village: { label: "newGroup.village", fields: ["village"] },
  meetingDay: { label: "newGroup.day", fields: ["meetingDay"] },
  meetingVenue: { label: "newGroup.venue", fields: ["meetingVenue"] },
  status: { label: "groups.status", fields: ["status"] },
  geo: { label: "editGroup.point", fields: ["geo"] },
};

export function shown(fields: readonly FieldName[], values: Values): string {
  const words = fields.map((field) => {
    if (field === "meetingDay") return weekdayName(values[field]);
    return field === "status" ? label("status", values[field]) : values[field];
  });
  return words.filter(Boolean).join(", ");
}
