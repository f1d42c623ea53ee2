/** The arithmetic of the collection sheet: what is typed, what it adds up to, what to save. */
import { type Cents, parseMoney, sumCents } from "@tablebanking/common/money";
import {
  type Contribution,
  type ContributionType,
  KINDS,
  type PaymentMethod,
} from "../../lib/model";
import { readMpesaCode } from "../../lib/mpesa";
import type { Payment } from "../../state/actions";

export interface Cell {
  text: string;
  method: PaymentMethod;
  code: string;
}

export type CellKey = `${string}:${ContributionType}`;
export type Draft = Readonly<Record<CellKey, Cell>>;

export const BLANK: Cell = { text: "", method: "CASH", code: "" };

export const cellKey = (memberId: string, kind: ContributionType): CellKey => `${memberId}:${kind}`;

function splitKey(key: string): { memberId: string; kind: ContributionType } {
  const cut = key.lastIndexOf(":");
  return { memberId: key.slice(0, cut), kind: key.slice(cut + 1) as ContributionType };
}

/** What a key of the number pad makes of the text: no second point, no third decimal. */
export function typeKey(text: string, key: string): string {
  const next = text + key;
  if (!/^\d{0,10}(\.\d{0,2})?$/.test(next)) return text;
  return next.replace(/^0+(?=\d)/, "");
}

export type Problem = {
  key: CellKey;
  memberId: string;
  what: "amount" | "code" | "codeTwice";
  text: string;
};

/** The payments of a sheet, or the first cell that is no payment. Empty and zero cells are none. */
export function readDraft(draft: Draft): { payments: Payment[]; problem: Problem | null } {
  const payments: Payment[] = [];
  const payers = new Map<string, string>();
  for (const [key, cell] of Object.entries(draft) as [CellKey, Cell][]) {
    if (cell.text.trim() === "") continue;
    const { memberId, kind } = splitKey(key);
    const amount = parseMoney(cell.text);
    if (amount === null) {
      return { payments, problem: { key, memberId, what: "amount", text: cell.text } };
    }
    if (amount === 0) continue;
    const typed = cell.method === "MPESA" && cell.code.trim() !== "";
    const code = typed ? readMpesaCode(cell.code) : null;
    if (typed && !code) {
      return { payments, problem: { key, memberId, what: "code", text: cell.code } };
    }
    // One transfer may pay for several kinds, but of one member only.
    if (code && (payers.get(code) ?? memberId) !== memberId) {
      return { payments, problem: { key, memberId, what: "codeTwice", text: code } };
    }
    if (code) payers.set(code, memberId);
    payments.push({ memberId, kind, amount, method: cell.method, transactionId: code });
  }
  return { payments, problem: null };
}

export interface Totals {
  columns: Record<ContributionType, Cents>;
  /** Cash that should lie on the table: of this day, recorded and typed. */
  cash: Cents;
}

export function totals(draft: Draft, recorded: readonly Contribution[]): Totals {
  const typed = Object.entries(draft).map(([key, { text, method }]) => ({
    kind: splitKey(key).kind,
    method,
    amount: parseMoney(text) ?? 0,
  }));
  const all = [...typed, ...recorded];
  const column = (kind: ContributionType) =>
    sumCents(all.filter((row) => row.kind === kind).map((row) => row.amount));
  return {
    columns: Object.fromEntries(KINDS.map((kind) => [kind, column(kind)])) as Totals["columns"],
    cash: sumCents(all.filter((row) => row.method === "CASH").map((row) => row.amount)),
  };
}

/** One tap: what the member paid last of this kind, else the group's monthly saving. */
export function usualAmounts(
  history: readonly Contribution[],
  minimumSaving: Cents,
): (memberId: string, kind: ContributionType) => Cents | null {
  const last = new Map<CellKey, Cents>();
  // Newest first: the first one seen is the last one paid.
  for (const row of history) {
    const key = cellKey(row.memberId, row.kind);
    if (!last.has(key)) last.set(key, row.amount);
  }
  return (memberId, kind) =>
    last.get(cellKey(memberId, kind)) ?? (kind === "REGULAR" ? minimumSaving : null);
}
