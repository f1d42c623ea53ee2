/** The terms of a group: which there are, how each is written, and what of them was changed. */
import { formatMoney, fromDecimal, parseMoney, toDecimal } from "@tablebanking/common/money";
import type { Clash } from "../../components/ConflictDialog";
import type { GroupSettingsInput } from "../../gen/graphql";
import { hasWord, t } from "../../i18n";
import type { GroupTerms } from "./group-parts-api";

export type Terms = GroupTerms["settings"];
export type TermName = keyof Terms & string;
export type TermValues = Record<TermName, string>;
type Kind = "money" | "percent" | "count";

export const SECTIONS: readonly {
  key: "saving" | "loans" | "fines" | "welfare";
  terms: readonly TermName[];
}[] = [
  { key: "saving", terms: ["minimumSaving", "profitShare", "quorumPercent"] },
  {
    key: "loans",
    terms: [
      "shortTermRate",
      "longTermRate",
      "projectRate",
      "appreciationFee",
      "appreciationPercent",
      "graceDays",
      "earlyDays",
    ],
  },
  { key: "fines", terms: ["lateFine", "missedMeetingFine", "lateMeetingFine", "missedSavingFine"] },
  { key: "welfare", terms: ["welfareLimit", "welfareMonths", "welfarePerYear"] },
];
export const TERMS: readonly TermName[] = SECTIONS.flatMap(({ terms }) => terms);

const COUNTED: readonly string[] = ["graceDays", "earlyDays", "welfareMonths", "welfarePerYear"];
const PERCENT: readonly string[] = [
  "shortTermRate",
  "longTermRate",
  "projectRate",
  "profitShare",
  "appreciationPercent",
  "quorumPercent",
];

export function kindOf(name: string): Kind {
  if (COUNTED.includes(name)) return "count";
  return PERCENT.includes(name) ? "percent" : "money";
}

export function termLabel(name: string): string {
  const key = `terms.${name}`;
  return hasWord(key) ? t(key) : name;
}

/** As it is shown: "KES 500.00", "12.00 %", "3". */
export function termText(name: string, value: string | number, currency: string): string {
  const kind = kindOf(name);
  if (kind === "money") return `${currency} ${formatMoney(fromDecimal(String(value)))}`;
  return kind === "percent" ? `${value} %` : String(value);
}

export function toTermValues(terms: Terms): TermValues {
  return Object.fromEntries(TERMS.map((name) => [name, String(terms[name])])) as TermValues;
}

export function checkTerms(values: TermValues): Record<string, string> {
  const wrong = TERMS.filter((name) => parsed(name, values[name]) === null);
  return Object.fromEntries(
    wrong.map((name) => [name, t(kindOf(name) === "count" ? "terms.countWrong" : "terms.wrong")]),
  );
}

/** Only what differs; null where nothing does. */
export function termChanges(before: TermValues, after: TermValues): GroupSettingsInput | null {
  const changed = TERMS.filter(
    (name) => parsed(name, before[name]) !== parsed(name, after[name]),
  ).map((name) => {
    const value = parsed(name, after[name]) ?? 0;
    return [name, kindOf(name) === "count" ? value : toDecimal(value)];
  });
  return changed.length > 0 ? (Object.fromEntries(changed) as GroupSettingsInput) : null;
}

export function termClashes(
  before: TermValues,
  mine: TermValues,
  theirs: TermValues,
  currency: string,
): Clash[] {
  const same = (name: TermName, one: TermValues, other: TermValues) =>
    parsed(name, one[name]) === parsed(name, other[name]);
  return TERMS.filter(
    (name) => !same(name, mine, before) && !same(name, theirs, before) && !same(name, mine, theirs),
  ).map((field) => ({
    field,
    label: termLabel(field),
    yours: termText(field, toDecimalOf(field, mine[field]), currency),
    theirs: termText(field, theirs[field], currency),
  }));
}

/** What the other one saved, with what this person changed and did not give away. */
export function decidedTerms(
  before: TermValues,
  mine: TermValues,
  theirs: TermValues,
  choices: Readonly<Record<string, "yours" | "theirs">>,
): TermValues {
  const kept = TERMS.filter(
    (name) => parsed(name, mine[name]) !== parsed(name, before[name]) && choices[name] !== "theirs",
  );
  return { ...theirs, ...Object.fromEntries(kept.map((name) => [name, mine[name]])) };
}

function toDecimalOf(name: TermName, typed: string): string {
  const value = parsed(name, typed) ?? 0;
  return kindOf(name) === "count" ? String(value) : toDecimal(value);
}

/** Cents, hundredths of a percent, or a number; null where it is none. */
function parsed(name: TermName, typed: string): number | null {
  if (kindOf(name) === "count") return /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : null;
  return parseMoney(typed);
}
