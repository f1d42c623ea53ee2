import type { Line } from "../operations/kind";
import { t } from ".";

/** A line whose values may be words themselves. */
export function say({ key, values = {} }: Line): string {
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "object" ? t(value.key) : value,
  ]);
  return t(key, Object.fromEntries(said) as Record<string, string | number>);
}
