/** Which part of the cash ledger is looked at. */
import { todayInNairobi } from "@tablebanking/common/dates";
import type { MoneyAccount } from "../../gen/graphql";

export type Period = "month" | "recent" | "year" | "all" | "own";
export type Filter = { from: string; to: string; account: MoneyAccount | "" };

export const PERIODS = ["month", "recent", "year", "all"] as const;

/** From which day on; open at the other end, so that what is recorded now belongs to it. */
export function periodStart(period: (typeof PERIODS)[number], today = todayInNairobi()): string {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  switch (period) {
    case "month":
      return `${today.slice(0, 7)}-01`;
    case "recent":
      return month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, "0")}-01`;
    case "year":
      return `${year}-01-01`;
    case "all":
      return "";
  }
}

/** The last meeting is in it on the first of a month too, when "this month" would be empty. */
export function initialFilter(): Filter {
  return { from: periodStart("recent"), to: "", account: "" };
}

export function periodOf({ from, to }: Filter): Period {
  if (to) return "own";
  return PERIODS.find((period) => periodStart(period) === from) ?? "own";
}
