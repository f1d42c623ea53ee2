import { formatDay } from "@tablebanking/common/dates";
import type { Line } from "../operations/kind";
import { usePrefs } from "../state/prefs";
import { t } from ".";

/** A line whose values may be words or days. */
export function say({ key, values = {} }: Line): string {
  const said = Object.entries(values).map(([name, value]) => [name, wordOf(value)]);
  return t(key, Object.fromEntries(said) as Record<string, string | number>);
}

type Value = NonNullable<Line["values"]>[string];

function wordOf(value: Value): string | number {
  if (typeof value !== "object") return value;
  return "day" in value ? formatDay(value.day, usePrefs.getState().language) : t(value.key);
}
