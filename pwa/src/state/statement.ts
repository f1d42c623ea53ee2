/** A member's statement as plain text, to be sent in a message. */
import { formatDate, formatDay, formatMonth, type IsoDate } from "@tablebanking/common/dates";
import { type Cents, formatMoney } from "@tablebanking/common/money";
import { t } from "../i18n";
import type { Savings } from "./balances";
import type { Entry, Month } from "./history";

export interface StatementFacts {
  memberName: string;
  groupName: string;
  savings: Savings;
  finesOwed: Cents;
  loansOwed: Cents;
  months: readonly Month[];
  today: IsoDate;
  language: string;
}

/** A message longer than this is read by nobody; the office has the rest. */
export const STATEMENT_MONTHS = 12;

export function statementOf(facts: StatementFacts): string {
  const { memberName, groupName, savings, today, language } = facts;
  const lines = [
    `${memberName}, ${groupName}`,
    t("statement.head", { date: formatDate(today, language) }),
    "",
    line("member.savings", savings.regular.total),
    line("kind.WELFARE", savings.welfare.total),
    line("kind.PROJECT", savings.project.total),
  ];
  if (facts.loansOwed > 0) lines.push(line("member.loansOwed", facts.loansOwed));
  if (facts.finesOwed > 0) lines.push(line("member.finesOwed", facts.finesOwed));
  let waiting = false;
  for (const { month, entries } of facts.months.slice(0, STATEMENT_MONTHS)) {
    lines.push("", formatMonth(month, language));
    for (const entry of entries) {
      const here = entry.status !== "saved" && entry.status !== "held";
      waiting ||= here;
      lines.push(entryLine(entry, here, language));
    }
  }
  if (waiting) lines.push("", t("statement.notYet"));
  return lines.join("\n");
}

const line = (
  what:
    | "member.savings"
    | "kind.WELFARE"
    | "kind.PROJECT"
    | "member.loansOwed"
    | "member.finesOwed",
  amount: Cents,
) => `${t(what)}: ${formatMoney(amount)}`;

function entryLine(entry: Entry, here: boolean, language: string): string {
  const { date, what, amount, receiptNumber, reversed } = entry;
  const words = [
    formatDay(date, language),
    t(what),
    `${SIGNS[entry.direction]}${formatMoney(amount)}${here ? " *" : ""}`,
    receiptNumber,
    reversed && t("history.reversed"),
  ];
  return words.filter(Boolean).join(" · ");
}

export const SIGNS = { in: "+", out: "\u2212", charged: "" } as const;
