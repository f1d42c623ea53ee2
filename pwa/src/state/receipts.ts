/** What a member paid and was paid on a day, entry by entry, with each one's place in the books. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, sumCents } from "@tablebanking/common/money";
import { receiptOf } from "@tablebanking/common/receipt";
import { useEffect, useMemo, useState } from "react";
import type { Key } from "../i18n";
import type { Contribution, Operation, PaymentMethod, SheetKind } from "../lib/model";
import { kindOf } from "../operations";
import type { Movement } from "../records/movements";
import type { Repayment } from "../records/repayments";
import { useData } from "./data";
import { useRecords } from "./records";

/** In the books; there but without its place yet; on this phone only. */
export type InBooks = "yes" | "office" | "no";

export interface Entry {
  number: string;
  /** What one must know besides to check it; null where the phone was never told. */
  code: string | null;
  what: Key;
  /** Negative for what the member was paid. */
  amount: Cents;
  method: PaymentMethod | null;
  transactionId: string | null;
  inBooks: InBooks;
}

type ByEntity = ReadonlyMap<string, Pick<Operation, "status">>;

const stateOf = (operation: Pick<Operation, "status"> | undefined): InBooks => {
  if (!operation || operation.status === "saved") return "yes";
  return operation.status === "held" ? "office" : "no";
};

/** A contribution or a repayment. */
export const paymentEntry = (
  row: Omit<Contribution, "kind" | "operationId"> & { kind: SheetKind },
  byEntity: ByEntity,
): Entry => ({
  number: row.receiptNumber,
  code: row.receiptCode ?? null,
  what: row.kind === "REPAYMENT" ? "receipt.repayment" : `kind.${row.kind}`,
  amount: row.amount,
  method: row.method,
  transactionId: row.transactionId,
  inBooks: stateOf(byEntity.get(row.id)),
});

export const repaymentEntry = (row: Repayment, byEntity: ByEntity): Entry =>
  paymentEntry({ ...row, kind: "REPAYMENT" }, byEntity);

/** Movements that concern one member are all paid out to them. */
export const movementEntry = (row: Movement, byEntity: ByEntity): Entry => ({
  number: row.receiptNumber,
  code: row.receiptCode ?? null,
  what: `movement.${row.kind}`,
  amount: -row.amount,
  method: row.method,
  transactionId: row.transactionId,
  inBooks: stateOf(byEntity.get(row.id)),
});

/** Money handed out by an operation that makes no record of its own, such as a loan. */
export async function payoutEntry(operation: Operation): Promise<Entry | null> {
  const payout = kindOf(operation.type)?.payout?.(operation.body);
  if (!payout) return null;
  const { what, amount, method, transactionId } = payout;
  const { receiptNumber: number, receiptCode: code } = await receiptOf(operation.id);
  return {
    number,
    code,
    what,
    amount: -amount,
    method,
    transactionId,
    inBooks: stateOf(operation),
  };
}

/** When a payout was handed over. */
export function payoutDay({ type, body, timestamp }: Operation): IsoDate | null {
  const payout = kindOf(type)?.payout?.(body);
  return payout ? (payout.date ?? todayInNairobi(new Date(timestamp))) : null;
}

const HAVE_RECEIPTS = new Set(["contributions", "repayments", "movements"]);

/** The receipt on which an operation stands; null where it moved no money of a member. */
export function receiptPath(operation: Operation): string | null {
  const { type, body, memberId, timestamp } = operation;
  const record = kindOf(type)?.makesRecord ?? "";
  const day = payoutDay(operation) ?? (HAVE_RECEIPTS.has(record) ? dayOf(body.input) : null);
  if (!memberId || (day === null && !HAVE_RECEIPTS.has(record))) return null;
  return `/receipt/${memberId}/${day ?? todayInNairobi(new Date(timestamp))}`;
}

function dayOf(input: object): IsoDate | null {
  const { contributionDate, paymentDate, date } = input as Record<string, IsoDate | undefined>;
  return contributionDate ?? paymentDate ?? date ?? null;
}

/** The same entry may be known from the books and from this phone; the books' word stands. */
export function once(entries: readonly Entry[]): Entry[] {
  const known = new Map<string, Entry>();
  for (const entry of entries) if (!known.has(entry.number)) known.set(entry.number, entry);
  return [...known.values()];
}

export const paidIn = (entries: readonly Entry[]): Cents =>
  sumCents(entries.map(({ amount }) => Math.max(0, amount)));
export const paidOut = (entries: readonly Entry[]): Cents =>
  sumCents(entries.map(({ amount }) => Math.max(0, -amount)));

/** Of all of them: on this phone as long as one is. */
export function togetherInBooks(entries: readonly Entry[]): InBooks {
  if (entries.some(({ inBooks }) => inBooks === "no")) return "no";
  return entries.some(({ inBooks }) => inBooks === "office") ? "office" : "yes";
}

/** Everything of one member on one day; null until it is read. */
export function useDayEntries(memberId: string, date: IsoDate): Entry[] | null {
  const contributions = useRecords("contributions", memberId);
  const repayments = useRecords("repayments", memberId);
  const movements = useRecords("movements", memberId);
  const byEntity = useData((state) => state.byEntity);
  const payouts = usePayouts(memberId, date);
  return useMemo(() => {
    if (!contributions || !repayments || !movements || !payouts) return null;
    const today = <Row extends { date: IsoDate }>(rows: readonly Row[]) =>
      rows.filter((row) => row.date === date);
    return once([
      ...today(contributions).map((row) => paymentEntry(row, byEntity)),
      ...today(repayments)
        .filter((row) => !row.isReversed)
        .map((row) => repaymentEntry(row, byEntity)),
      ...today(movements)
        .filter((row) => !row.isReversed && row.kind !== "REVERSAL")
        .map((row) => movementEntry(row, byEntity)),
      ...payouts,
    ]);
  }, [contributions, repayments, movements, byEntity, payouts, date]);
}

function usePayouts(memberId: string, date: IsoDate): Entry[] | null {
  const operations = useData((state) => state.operations);
  const [entries, setEntries] = useState<Entry[] | null>(null);
  useEffect(() => {
    let current = true;
    const mine = operations.filter(
      (row) => row.memberId === memberId && row.status !== "removed" && payoutDay(row) === date,
    );
    void Promise.all(mine.map(payoutEntry)).then((found) => {
      if (current) setEntries(found.filter((entry) => entry !== null));
    });
    return () => {
      current = false;
    };
  }, [operations, memberId, date]);
  return entries;
}
