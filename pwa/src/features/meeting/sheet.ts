/** The arithmetic of the collection sheet: what is typed, what it adds up to, what to save. */
import {
  type Cents,
  formatMoney,
  parseMoney,
  sumCents,
  toDecimal,
} from "@tablebanking/common/money";
import {
  type Contribution,
  type PaymentMethod,
  SHEET_KINDS,
  type SheetKind,
} from "../../lib/model";
import { readMpesaCode } from "../../lib/mpesa";
import type { SheetPayment } from "../../state/sheet-actions";

export interface Cell {
  text: string;
  method: PaymentMethod;
  code: string;
  /** Of a repayment: which of the member's loans it is for, where the officer chose. */
  loanId?: string;
}

export type CellKey = `${string}:${SheetKind}`;
export type Draft = Readonly<Record<CellKey, Cell>>;

export const BLANK: Cell = { text: "", method: "CASH", code: "" };

export const cellKey = (memberId: string, kind: SheetKind): CellKey => `${memberId}:${kind}`;

function splitKey(key: string): { memberId: string; kind: SheetKind } {
  const cut = key.lastIndexOf(":");
  return { memberId: key.slice(0, cut), kind: key.slice(cut + 1) as SheetKind };
}

/** What a key of the number pad makes of the text: no second point, no third decimal. */
export function typeKey(text: string, key: string): string {
  const next = text + key;
  if (!/^\d{0,10}(\.\d{0,2})?$/.test(next)) return text;
  return next.replace(/^0+(?=\d)/, "");
}

/**
 * What stands in a cell: grouped as it grows, and written as amounts are once it is left. What is
 * no amount stays as it was typed.
 */
export function showTyped(text: string, active: boolean): string {
  if (active) {
    if (!/^\d+(\.\d*)?$/.test(text)) return text;
    return text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  }
  const amount = parseMoney(text);
  return amount === null ? text : formatMoney(amount);
}

/** Of what a keyboard leaves in a cell: without the commas that stand there for the eye. */
export const bareText = (shown: string): string => shown.replace(/,/g, "");

export type Problem = {
  key: CellKey;
  memberId: string;
  what: "amount" | "code" | "codeTwice";
  text: string;
};

/** The payments of a sheet, or the first cell that is no payment. Empty and zero cells are none. */
export function readDraft(draft: Draft): { payments: SheetPayment[]; problem: Problem | null } {
  const payments: SheetPayment[] = [];
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
  columns: Record<SheetKind, Cents>;
  /** Cash that should lie on the table: of this day, recorded and typed. */
  cash: Cents;
}

/** What was recorded: a contribution, or a repayment in its place. */
export type RecordedPayment = Omit<Contribution, "kind"> & { kind: SheetKind };

export function totals(
  draft: Draft,
  recorded: readonly Pick<RecordedPayment, "kind" | "method" | "amount">[],
): Totals {
  const typed = Object.entries(draft).map(([key, { text, method }]) => ({
    kind: splitKey(key).kind,
    method,
    amount: parseMoney(text) ?? 0,
  }));
  const all = [...typed, ...recorded];
  const column = (kind: SheetKind) =>
    sumCents(all.filter((row) => row.kind === kind).map((row) => row.amount));
  return {
    columns: Object.fromEntries(
      SHEET_KINDS.map((kind) => [kind, column(kind)]),
    ) as Totals["columns"],
    cash: sumCents(all.filter((row) => row.method === "CASH").map((row) => row.amount)),
  };
}

export type Usual = (memberId: string, kind: SheetKind) => Cents | null;

/** One tap: what the member paid last of this kind, else the group's monthly saving. */
export function usualAmounts(history: readonly Contribution[], minimumSaving: Cents): Usual {
  const last = new Map<CellKey, Cents>();
  // Newest first: the first one seen is the last one paid.
  for (const row of history) {
    const key = cellKey(row.memberId, row.kind);
    if (!last.has(key)) last.set(key, row.amount);
  }
  return (memberId, kind) =>
    last.get(cellKey(memberId, kind)) ?? (kind === "REGULAR" ? minimumSaving : null);
}

/** "All pay the usual": the empty cells of a column that it fills, and what they come to. */
export function usualCells(
  memberIds: readonly string[],
  kind: SheetKind,
  draft: Draft,
  usual: Usual,
  recorded: ReadonlyMap<CellKey, unknown>,
): { cells: Record<CellKey, Cell>; count: number; amount: Cents } {
  const filled = memberIds.flatMap((id) => {
    const key = cellKey(id, kind);
    const amount = usual(id, kind);
    const taken = (draft[key]?.text ?? "") !== "" || recorded.has(key);
    return amount === null || amount === 0 || taken ? [] : [{ key, amount }];
  });
  return {
    cells: Object.fromEntries(
      filled.map(({ key, amount }) => [key, { ...(draft[key] ?? BLANK), text: toDecimal(amount) }]),
    ),
    count: filled.length,
    amount: sumCents(filled.map(({ amount }) => amount)),
  };
}

/** Undoes it: what was changed since stays. */
export function withoutCells(draft: Draft, cells: Readonly<Record<CellKey, Cell>>): Draft {
  const kept = Object.entries(draft).filter(([key, cell]) => {
    const filled = cells[key as CellKey];
    return !filled || filled.text !== cell.text || filled.method !== cell.method;
  });
  return Object.fromEntries(kept);
}
