/**
 * The money on the table: Kenya's notes and coins, what a count of them comes to, and what
 * should be there. Cents; the denominations are those of the Central Bank of Kenya.
 */
import { type Cents, sumCents } from "./money";

/** Shillings in whole cents, largest first. */
export const NOTES: readonly Cents[] = [1000_00, 500_00, 200_00, 100_00, 50_00];
export const COINS: readonly Cents[] = [40_00, 20_00, 10_00, 5_00, 1_00];
export const DENOMINATIONS: readonly Cents[] = [...NOTES, ...COINS];

/** How many there are of each denomination (its cents). */
export type Count = Readonly<Record<number, number>>;

/** What a count comes to. Throws on a number of pieces that is none, or money that does not exist. */
export function totalOf(count: Count): Cents {
  return sumCents(
    Object.entries(count).map(([denomination, pieces]) => {
      const cents = Number(denomination);
      if (!DENOMINATIONS.includes(cents)) throw new Error(`no note or coin of ${cents} cents`);
      if (!Number.isSafeInteger(pieces) || pieces < 0) throw new Error(`not a count: ${pieces}`);
      return cents * pieces;
    }),
  );
}

/** The fewest pieces that make an amount, largest first; `rest` is what no coin can pay. */
export function piecesOf(amount: Cents): { count: Record<number, number>; rest: Cents } {
  const count: Record<number, number> = {};
  let rest = amount;
  for (const cents of DENOMINATIONS) {
    const pieces = Math.floor(rest / cents);
    if (pieces > 0) count[cents] = pieces;
    rest -= pieces * cents;
  }
  return { count, rest };
}

/** Money that moved; `amount` is positive. Cash to and from the bank is CASH out and in. */
export interface CashMove {
  direction: "IN" | "OUT";
  method: "CASH" | "MPESA" | "BANK";
  amount: Cents;
}

/** What should lie on the table: what was there, and the cash that came and went since. A
 * disbursement is its principal OUT and its appreciation fee IN. */
export function expectedCash(before: Cents, moves: Iterable<CashMove>): Cents {
  const signed = [before];
  for (const { direction, method, amount } of moves) {
    if (method === "CASH") signed.push(direction === "IN" ? amount : -amount);
  }
  return sumCents(signed);
}

/** Counted less expected: negative is short, positive is over. */
export function cashDifference(expected: Cents, count: Count): Cents {
  return totalOf(count) - expected;
}
