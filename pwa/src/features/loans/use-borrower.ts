/** All that the rules need to know of a member who wants a loan, with what is on this phone. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { type LoanFacts, maxLoan } from "@tablebanking/common/eligibility";
import type { Cents } from "@tablebanking/common/money";
import { useMemo } from "react";
import type { Group } from "../../lib/model";
import type { Loan } from "../../records/loans";
import { savingsOf } from "../../state/balances";
import { useContributions } from "../../state/contributions";
import { type ListedMember, useData } from "../../state/data";
import { isOpenLoan, savedByMonth } from "../../state/loans";
import { idSides } from "../../state/papers";
import { useRecords } from "../../state/records";

export interface Borrower {
  member: ListedMember;
  group: Group;
  /** The most that the member may borrow. */
  limit: Cents;
  savings: Cents;
  openLoan: Loan | null;
  factsFor: (amount: Cents, witnesses: readonly string[]) => LoanFacts;
}

/** Null while it is read, or where the phone does not have the member. */
export function useBorrower(memberId: string | null): Borrower | null {
  const { members, groups, operations, byEntity, copiedAt, uploads } = useData();
  const contributions = useContributions("memberId", memberId ?? "");
  const loans = useRecords("loans", memberId ?? "");
  return useMemo(() => {
    const member = memberId ? members.get(memberId) : undefined;
    const group = member && groups.get(member.groupId);
    if (!member || !group || !loans) return null;
    const savings = savingsOf(member, operations, copiedAt.get(member.id) ?? 0).regular.total;
    const paidByMonth = savedByMonth(contributions, byEntity).get(member.id) ?? {};
    const open = loans.filter(isOpenLoan);
    const factsFor = (amount: Cents, witnesses: readonly string[]): LoanFacts => ({
      amount,
      on: todayInNairobi(),
      isActive: member.isActive,
      groupActive: group.active,
      minimumSaving: group.terms?.minimumSaving ?? group.minimumSaving,
      paidByMonth,
      regularSavings: savings,
      openLoans: open.length,
      witnesses,
      mayWitness: (id) => mayWitness(members.get(id), member),
      ...idSides(member, uploads),
    });
    const openLoan = open[0] ?? null;
    return { member, group, savings, limit: maxLoan(savings), openLoan, factsFor };
  }, [memberId, members, groups, operations, byEntity, copiedAt, contributions, loans, uploads]);
}

/** Another active member of the same group. */
export function mayWitness(
  witness: ListedMember | undefined,
  borrower: Pick<ListedMember, "id" | "groupId">,
): boolean {
  return (
    (witness?.isActive ?? false) &&
    witness?.id !== borrower.id &&
    witness?.groupId === borrower.groupId
  );
}
