/**
 * How much of their savings a member may take out, as app/services/withdrawal_limit.py and the
 * order of the rules in app/services/operations/withdrawals.py. Money in cents.
 */
import type { Cents } from "./money";

/** A member's regular savings in one calendar year. */
export interface SavingsYear {
  /** At the year's start. */
  opening: Cents;
  /** Since then; what was reversed is not in it. */
  paidIn: Cents;
  /** Withdrawals of that year that stand. */
  withdrawn: Cents;
}

export interface WithdrawalFacts {
  /** The regular savings now. */
  savings: Cents;
  /** The principal still out of the member's loans. */
  owed: Cents;
  /** Withdrawals of the calendar year of the withdrawal, reversed ones left out. */
  withdrawn: Cents;
}

export type WithdrawalCode = "NOT_ENOUGH_SAVINGS" | "OVER_HALF" | "LOAN_SECURITY";

/** The year of a member whose savings are known now: what they had at its start and paid in
 * since is what is there and what was taken out. Nothing may be booked after that year. */
export function yearOf({ savings, withdrawn }: WithdrawalFacts): SavingsYear {
  return { opening: 0, paidIn: savings + withdrawn, withdrawn };
}

/** What may still be withdrawn this year: half of what was there at its start and was paid in
 * since, less what was withdrawn. */
export function halfLeft(year: SavingsYear): Cents {
  return Math.max(0, Math.floor((year.opening + year.paidIn) / 2) - year.withdrawn);
}

/** What may go out so that at least a third of what the member owes stays. */
export function securityLeft(savings: Cents, owed: Cents): Cents {
  return Math.max(0, savings - Math.ceil(Math.max(0, owed) / 3));
}

/** The most that may be taken out now. */
export function mostToWithdraw(facts: WithdrawalFacts): Cents {
  const { savings, owed } = facts;
  return Math.max(0, Math.min(savings, halfLeft(yearOf(facts)), securityLeft(savings, owed)));
}

/** The first rule against it, in the server's order, and how much it would let go. */
export function withdrawalFailure(
  facts: WithdrawalFacts,
  amount: Cents,
): { code: WithdrawalCode; limit: Cents } | null {
  const { savings, owed } = facts;
  const rules: [WithdrawalCode, Cents][] = [
    ["NOT_ENOUGH_SAVINGS", savings],
    ["OVER_HALF", halfLeft(yearOf(facts))],
    ["LOAN_SECURITY", securityLeft(savings, owed)],
  ];
  const broken = rules.find(([, limit]) => amount > limit);
  return broken ? { code: broken[0], limit: broken[1] } : null;
}
