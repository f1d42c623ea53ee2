/** What two people did to one record: which fields clash, and what becomes of them. Pure. */
import { type MessageKey, t } from "../i18n";
import type { Choice, Clash } from "./ConflictDialog";

/** What clashes as one, by the name of the unit: a place has three fields. */
export type Units<V> = Readonly<
  Record<string, { label: MessageKey; fields: readonly (keyof V & string)[] }>
>;

type Shown<V> = (fields: readonly (keyof V & string)[], values: V) => string;

export function isSame<T>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function differ<V>(fields: readonly (keyof V & string)[], one: V, other: V): boolean {
  return fields.some((name) => !isSame(one[name], other[name]));
}

/** What both have changed, to different values; `shown` gives a unit's values in words. */
export function clashesOf<V>(
  units: Units<V>,
  shown: Shown<V>,
  before: V,
  mine: V,
  theirs: V,
): Clash[] {
  return Object.entries(units)
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
export function decided<V>(
  units: Units<V>,
  before: V,
  mine: V,
  theirs: V,
  choices: Readonly<Record<string, Choice>>,
): V {
  const result = { ...theirs };
  for (const [unit, { fields }] of Object.entries(units)) {
    if (!differ(fields, mine, before) || choices[unit] === "theirs") continue;
    for (const name of fields) result[name] = mine[name];
  }
  return result;
}
