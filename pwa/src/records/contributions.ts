/** What members have paid in. */
import { fromDecimal } from "@tablebanking/common/money";
import type { ContributionCopyFragment } from "../gen/graphql";
import type { Contribution } from "../lib/model";
import { recordKind } from "./kind";

export const contributions = recordKind({
  store: "contributions",
  groupId: (row: Contribution) => row.groupId,
  refs: (row: Contribution) => [row.memberId],
  fromNode: (node: ContributionCopyFragment): Contribution => ({
    id: node.id,
    memberId: node.member.id,
    groupId: node.member.group.id,
    amount: fromDecimal(node.amount),
    kind: node.contributionType,
    method: node.paymentMethod,
    date: node.contributionDate,
    receiptNumber: node.receiptNumber,
    receiptCode: node.receiptCode,
    transactionId: null,
    operationId: node.offlineSyncId,
  }),
});
