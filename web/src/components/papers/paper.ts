/** Which papers there are, what each is asked for with, and how long one waits for it. */
import { todayInNairobi } from "@tablebanking/common/dates";
import type { PaperKind, RequestPaperInput } from "../../gen/graphql";
import { type Language, t } from "../../i18n";
import { monthBefore, parseMonth, thisMonth } from "../../lib/months";

/** One paper of a subject, or (of a group, in one ZIP) of all that it has. */
export type PaperOffer = { kind: PaperKind; subjectId: string; wholeGroup?: boolean };
export type PaperPeriod = { year: string; month: string; from: string; to: string };
/** `offer` is its place among those that are offered. */
export type PaperValues = PaperPeriod & { offer: string; language: Language };

type Field = "year" | "month" | "span";
const FIELDS: Partial<Record<PaperKind, Field>> = {
  PASSBOOK: "year",
  DIVIDEND_STATEMENT: "year",
  RECONCILIATION: "month",
  GROUP_STATEMENT: "span",
};
const YEARS = 6;

export const fieldOf = ({ kind }: PaperOffer) => FIELDS[kind];

export function offerText({ kind, wholeGroup }: PaperOffer): string {
  const name = t(`paper.kind.${kind}`);
  return wholeGroup ? t("paper.ofAll", { name }) : name;
}

/** This year so far; of months the last whole one, which is what is reconciled. */
export function usualPeriod(): PaperPeriod {
  const to = todayInNairobi();
  const year = to.slice(0, 4);
  return { year, month: monthBefore(thisMonth()), from: `${year}-01-01`, to };
}

export function pastYears(): string[] {
  const year = Number(todayInNairobi().slice(0, 4));
  return Array.from({ length: YEARS }, (_, back) => String(year - back));
}

export function checkPaper(offer: PaperOffer, { from, to }: PaperPeriod): Record<string, string> {
  const found: Record<string, string> = {};
  if (fieldOf(offer) !== "span") return found;
  if (!from) found.from = t("form.required");
  if (!to) found.to = t("form.required");
  if (from && to && from > to) found.to = t("paper.endsBefore");
  return found;
}

/** Only what the kind is asked for with. */
export function toRequest(offer: PaperOffer, values: PaperValues): RequestPaperInput {
  const { kind, subjectId, wholeGroup = false } = offer;
  const field = fieldOf(offer);
  return {
    ...{ kind, subjectId, wholeGroup, language: values.language },
    ...(field === "year" && { year: Number(values.year) }),
    ...(field === "month" && parseMonth(values.month)),
    ...(field === "span" && { from: values.from, to: values.to }),
  };
}

const FIRST_MS = 1_000;
const LONGEST_MS = 10_000;
/** Some six minutes; then the reader says whether to look on. */
export const MOST_LOOKS = 40;

/** How long to wait before the next look: a paper takes seconds, a group's take minutes. */
export const pauseBefore = (look: number) => Math.min(LONGEST_MS, FIRST_MS * 1.4 ** (look - 1));
