/** A text with the places where a member's name stands; of a long one what is around them. */
export type Part = { text: string; isName: boolean };

/** As the server searches: shorter parts of a name are in too many texts to mean anybody. */
const SHORTEST_WORD = 3;
const WHOLE_UP_TO = 240;
const AROUND = 60;
const CUT = "…";

type Span = { from: number; to: number };

export function namingParts(text: string, memberName: string): Part[] {
  const names = placesOf(text, memberName);
  const shown = text.length <= WHOLE_UP_TO ? [{ from: 0, to: text.length }] : around(names, text);
  return shown.flatMap(({ from, to }, index) => [
    ...(index === 0 && from > 0 ? [plain(CUT)] : []),
    ...split(text, names, { from, to }),
    ...(to < text.length ? [plain(CUT)] : []),
  ]);
}

function placesOf(text: string, memberName: string): Span[] {
  const words = memberName
    .split(/\s+/)
    .filter((word) => word.length >= SHORTEST_WORD)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [];
  const one = `(?:${words.join("|")})`;
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_])${one}(?:\\s+${one})*(?![\\p{L}\\p{N}_])`, "giu");
  return [...text.matchAll(whole)].map((hit) => ({
    from: hit.index,
    to: hit.index + hit[0].length,
  }));
}

/** Some letters on both sides of each; those that meet are one. Where none is found, the start. */
function around(names: readonly Span[], text: string): Span[] {
  const spans: Span[] = [];
  for (const name of names) {
    const from = Math.max(0, name.from - AROUND);
    const to = Math.min(text.length, name.to + AROUND);
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = to;
    else spans.push({ from, to });
  }
  return spans.length > 0 ? spans : [{ from: 0, to: WHOLE_UP_TO }];
}

function split(text: string, names: readonly Span[], { from, to }: Span): Part[] {
  const parts: Part[] = [];
  let at = from;
  for (const name of names) {
    if (name.from < from || name.to > to) continue;
    parts.push(plain(text.slice(at, name.from)));
    parts.push({ text: text.slice(name.from, name.to), isName: true });
    at = name.to;
  }
  parts.push(plain(text.slice(at, to)));
  return parts.filter((part) => part.text !== "");
}

const plain = (text: string): Part => ({ text, isName: false });
