import { type Cents, fromDecimal, sumCents } from "@tablebanking/common/money";
import type { TrfBalanceQuery } from "../../gen/graphql";

export type Trf = TrfBalanceQuery["trfBalance"];

export const OWNS = [
  "cashInHand",
  "bank",
  "mpesa",
  "shortTermLoans",
  "longTermLoans",
  "projectLoans",
] as const satisfies readonly (keyof Trf)[];

export const WHOSE = [
  "memberSavings",
  "welfareFund",
  "projectFund",
  "externalLoans",
  "dividendsPayable",
  "suspense",
  "surplus",
] as const satisfies readonly (keyof Trf)[];

export type TrfRow = (typeof OWNS)[number] | (typeof WHOSE)[number];

/** Summed here from its own rows, not taken from the server: the check is worth something then. */
export function sideTotal(trf: Trf, rows: readonly TrfRow[]): Cents {
  return sumCents(rows.map((row) => fromDecimal(trf[row])));
}
