const known = new Map<string, string>();

/**
 * A colour of the design as it is now: a canvas does not follow CSS variables by itself. Within one
 * drawing none changes, and a thousand dots ask the browser once.
 */
export function token(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  if (known.size === 0) queueMicrotask(() => known.clear());
  const colour = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  known.set(name, colour);
  return colour;
}
