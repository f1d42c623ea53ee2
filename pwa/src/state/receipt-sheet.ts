/** A receipt in words, as it is shown, sent and drawn. */
import { formatDate, type IsoDate } from "@tablebanking/common/dates";
import { formatKes } from "@tablebanking/common/money";
import { checkPage } from "@tablebanking/common/receipt";
import { t } from "../i18n";
import type { Sheet } from "../lib/receipt-picture";
import { usePrefs } from "./prefs";
import { type Entry, paidIn, paidOut, togetherInBooks } from "./receipts";

export interface About {
  memberName: string;
  groupName: string;
  officerName: string;
  date: IsoDate;
}

export function sheetOf(about: About, entries: readonly Entry[]): Sheet {
  const { language } = usePrefs.getState();
  const state = togetherInBooks(entries);
  const [taken, given] = [paidIn(entries), paidOut(entries)];
  const page = checkPage(location.origin);
  const total = (label: string, cents: number) => ({ label, amount: formatKes(cents) });
  return {
    group: about.groupName,
    title: t("receipt.for", { name: about.memberName }),
    date: formatDate(about.date, language),
    state,
    stateWord: t(`receipt.stamp.${state}`),
    rows: entries.map((entry) => ({
      what: t(entry.what),
      detail: [entry.method && t(`method.${entry.method}`), entry.transactionId]
        .filter(Boolean)
        .join(" · "),
      number: withCode(entry.number, entry.code),
      amount: signed(entry.amount),
      state: entry.inBooks,
    })),
    totals: [
      ...(taken > 0 ? [total(t("receipt.paidIn"), taken)] : []),
      ...(given > 0 ? [total(t("receipt.paidOut"), given)] : []),
    ],
    foot: t("receipt.foot", { officer: about.officerName }),
    check: page && t("receipt.check", { page }),
  };
}

/** A number as it stands on a receipt: with its code, where it is known. */
export const withCode = (number: string, code: string | null | undefined) =>
  code ? `${number} · ${t("receipt.code", { code })}` : number;

/** What went out carries a sign besides its word. */
const signed = (cents: number) => (cents < 0 ? `− ${formatKes(-cents)}` : formatKes(cents));

export function asText(sheet: Sheet): string {
  const rows = sheet.rows.flatMap(({ what, detail, number, amount, state }) => [
    `${what}: ${amount}${detail && ` (${detail})`}`,
    `  ${number}${state === "yes" ? "" : ` · ${t(`receipt.stamp.${state}`)}`}`,
  ]);
  return [
    sheet.group,
    sheet.title,
    sheet.date,
    "",
    ...rows,
    "",
    ...sheet.totals.map(({ label, amount }) => `${label}: ${amount}`),
    sheet.stateWord,
    sheet.foot,
    ...(sheet.check ? [sheet.check] : []),
  ].join("\n");
}
