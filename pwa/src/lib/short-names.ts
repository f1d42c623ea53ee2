/**
 * Names for a narrow list, as a register has them: of one longer than `fits` letters the middle
 * names are initials ("Alice J. Chepkwony"). Where two people would look alike, both keep their
 * whole names.
 */
export function shortNames(names: readonly string[], fits: number): Map<string, string> {
  const short = new Map(names.map((name) => [name, shortened(name, fits)]));
  const used = new Map<string, number>();
  for (const name of short.values()) used.set(name, (used.get(name) ?? 0) + 1);
  for (const [name, one] of short) if ((used.get(one) ?? 0) > 1) short.set(name, name);
  return short;
}

function shortened(name: string, fits: number): string {
  const words = name.trim().split(/\s+/);
  if (words.length < 3 || name.length <= fits) return name;
  const initials = words.slice(1, -1).map((word) => `${[...word][0]}.`);
  return [words[0], ...initials, words.at(-1)].join(" ");
}
