import { label, t } from "../../i18n";
import type { ExportColumn } from "../../lib/export/rows";
import type { Month, MonthAccount } from "./reconciliation-api";

export type Way = "moneyIn" | "moneyOut";

/** The kinds of money that moved this way on any of the accounts, in the order they came. */
export function kindsOf(accounts: readonly MonthAccount[], way: Way): string[] {
  const kinds = accounts.flatMap(({ subcategories }) =>
    subcategories.filter((one) => one[way] !== "0.00").map(({ subcategory }) => subcategory),
  );
  return [...new Set(kinds)];
}

export type SheetRow = { account: string; what: string; amount: string | null };

/** The sheet as a list, for a file or for paper. */
export function sheetRows({ accounts }: Month): SheetRow[] {
  return accounts.flatMap((one) => {
    const account = t(`account.${one.account}`);
    const kinds = (way: Way, sign: string) =>
      one.subcategories
        .filter((kind) => kind[way] !== "0.00")
        .map((kind) => ({
          account,
          what: label("subcategory", kind.subcategory),
          amount: sign + kind[way],
        }));
    return [
      { account, what: t("month.opening"), amount: one.opening },
      ...kinds("moneyIn", ""),
      ...kinds("moneyOut", "-"),
      { account, what: t("month.closing"), amount: one.closing },
      { account, what: t("month.stated"), amount: one.statement?.closing ?? null },
      { account, what: t("month.difference"), amount: one.difference ?? null },
    ];
  });
}

export const sheetColumns = (): ExportColumn<SheetRow>[] => [
  { header: t("entry.account"), value: ({ account }) => account },
  { header: t("review.what"), value: ({ what }) => what },
  { header: t("review.claim.amount"), kind: "money", value: ({ amount }) => amount },
];
