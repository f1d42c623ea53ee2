/** A colour of the design as it is now: a canvas does not follow CSS variables by itself. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
