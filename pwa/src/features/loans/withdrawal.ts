/** How much of their savings a member can take out, and which rule sets the limit. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, formatKes, sumCents } from "@tablebanking/common/money";
import {
  halfLeft,
  mostToWithdraw,
  securityLeft,
  type WithdrawalFacts,
  yearOf,
} from "@tablebanking/common/withdrawal";
import type { Line } from "../../operations/kind";
import type { Movement } from "../../records/movements";

/** Taken out in the calendar year of `today`, what is on this phone counted in. */
export function withdrawnIn(movements: readonly Movement[], today: IsoDate): Cents {
  const year = today.slice(0, 4);
  const rows = movements.filter(
    (row) => row.kind === "WITHDRAWAL" && !row.isReversed && row.date.startsWith(year),
  );
  return sumCents(rows.map((row) => row.amount));
}

/** The most that can go out now, and the rules in words, each with what it lets go. */
export function limitInWords(facts: WithdrawalFacts): { most: Cents; lines: Line[] } {
  const lines: Line[] = [
    { key: "withdraw.half", values: { amount: formatKes(halfLeft(yearOf(facts))) } },
  ];
  if (facts.owed > 0) {
    const amount = formatKes(securityLeft(facts.savings, facts.owed));
    lines.push({ key: "withdraw.third", values: { amount, owed: formatKes(facts.owed) } });
  }
  return { most: mostToWithdraw(facts), lines };
}
