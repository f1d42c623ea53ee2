/** What of a group was edited, and what becomes of a clash. Pure, so that it is tested alone. */
import type { Choice, Clash } from "../../components/ConflictDialog";
import { missingFields, REQUIRED } from "../../components/GroupFields";
import type { GroupFactsFragment, UpdateGroupInput } from "../../gen/graphql";
import { label, type MessageKey, t } from "../../i18n";
import { weekdayName } from "../../lib/dates";
import { parsePoint, pointText } from "./point-text";

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

/** What clashes as one: the place has three fields. */
const UNITS: Readonly<Record<string, { label: MessageKey; fields: readonly FieldName[] }>> = {
  name: { label: "newGroup.name", fields: ["name"] },
  place: { label: "editGroup.place", fields: ["ward", "constituency", "county"] },
  village: { label: "newGroup.village", fields: ["village"] },
  meetingDay: { label: "newGroup.day", fields: ["meetingDay"] },
  meetingVenue: { label: "newGroup.venue", fields: ["meetingVenue"] },
  status: { label: "groups.status", fields: ["status"] },
  geo: { label: "editGroup.point", fields: ["geo"] },
};

const differ = (fields: readonly FieldName[], one: Values, other: Values) =>
  fields.some((name) => one[name] !== other[name]);

/** What both have changed, to different values. */
export function clashesOf(before: Values, mine: Values, theirs: Values): Clash[] {
  return Object.entries(UNITS)
    .filter(
      ([, { fields }]) =>
        differ(fields, mine, before) &&
        differ(fields, theirs, before) &&
        differ(fields, mine, theirs),
    )
    .map(([field, unit]) => ({
      field,
      label: t(unit.label),
      yours: shown(unit.fields, mine),
      theirs: shown(unit.fields, theirs),
    }));
}

/** The server's copy with what this person changed, where they did not give way. */
export function decided(
  before: Values,
  mine: Values,
  theirs: Values,
  choices: Readonly<Record<string, Choice>>,
): Values {
  const result = { ...theirs };
  for (const [unit, { fields }] of Object.entries(UNITS)) {
    if (!differ(fields, mine, before) || choices[unit] === "theirs") continue;
    for (const name of fields) result[name] = mine[name];
  }
  return result;
}

function shown(fields: readonly FieldName[], values: Values): string {
  const words = fields.map((field) => {
    if (field === "meetingDay") return weekdayName(values[field]);
    return field === "status" ? label("status", values[field]) : values[field];
  });
  return words.filter(Boolean).join(", ");
}
