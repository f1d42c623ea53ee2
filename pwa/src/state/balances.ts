/** What the books say plus what this phone knows: savings by fund, the cash on the table. */
import type { Cents } from "@tablebanking/common/money";
import type { Group, Member, Operation } from "../lib/model";
import { kindOf } from "../operations";
import type { Fund } from "../operations/kind";
import { isAhead } from "./waiting";

export interface Balance {
  /** As the books had it when they were last read. */
  books: Cents;
  /** More (or less) on this phone. */
  here: Cents;
  total: Cents;
}

export type Savings = Record<Fund, Balance>;

const balance = (books: Cents, here: Cents): Balance => ({ books, here, total: books + here });

/** `at` is `useData.copiedAt` of the member. */
export function savingsOf(member: Member, operations: readonly Operation[], at: number): Savings {
  const here: Record<Fund, Cents> = { regular: 0, welfare: 0, project: 0 };
  for (const operation of operations) {
    if (operation.memberId !== member.id || !isAhead(operation, at)) continue;
    const saving = kindOf(operation.type)?.savings?.(operation.body);
    if (saving) here[saving.fund] += saving.amount;
  }
  const { regular = 0, welfare = 0, project = 0 } = member.savings ?? {};
  return {
    regular: balance(regular, here.regular),
    welfare: balance(welfare, here.welfare),
    project: balance(project, here.project),
  };
}

/**
 * The cash that should lie on the table. What lies at the office is in the books' cash too,
 * once they are read. Null `books` (a copy of an older version) count as 0.
 */
export function cashOf(group: Group, operations: readonly Operation[], at: number): Balance {
  let here = 0;
  for (const operation of operations) {
    const { status, settledRun = 0 } = operation;
    const ahead = isAhead(operation, at) || (status === "held" && settledRun > at);
    // A close that came too late has changed nothing.
    const late = status === "rejected" && operation.code === "MEETING_CLOSED";
    if (operation.groupId !== group.id || !ahead || late) continue;
    here += kindOf(operation.type)?.cash?.(operation.body) ?? 0;
  }
  return balance(group.cashBalance ?? 0, here);
}
