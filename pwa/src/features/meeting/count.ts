/** What was counted, as typed. */
import { type Count, DENOMINATIONS, totalOf } from "@tablebanking/common/cash";
import { type Cents, formatMoney } from "@tablebanking/common/money";
import { t } from "../../i18n";

const MOST = 99_999;

/** Pieces by denomination (its cents), as typed; null for what is no number of pieces. */
export function readPieces(text: string): number | null {
  const bare = text.trim();
  if (bare === "") return 0;
  return /^\d+$/.test(bare) && Number(bare) <= MOST ? Number(bare) : null;
}

export function countOf(pieces: Readonly<Record<string, string>>): {
  counted: Cents;
  problem: Cents | null;
} {
  const count: Record<number, number> = {};
  let problem: Cents | null = null;
  for (const value of DENOMINATIONS) {
    const number = readPieces(pieces[value] ?? "");
    if (number === null) problem ??= value;
    else count[value] = number;
  }
  return { counted: totalOf(count as Count), problem };
}

/** As the server takes them: whole shillings, the largest first, none without pieces. */
export function shillings(pieces: Readonly<Record<string, string>>) {
  return DENOMINATIONS.map((cents) => ({
    value: cents / 100,
    pieces: readPieces(pieces[cents] ?? "") ?? 0,
  })).filter((row) => row.pieces > 0);
}

/** The difference in words. */
export function differs(counted: Cents, expected: Cents): string {
  if (counted === expected) return t("count.equal");
  const amount = formatMoney(Math.abs(counted - expected));
  return t(counted < expected ? "count.short" : "count.over", { amount });
}
