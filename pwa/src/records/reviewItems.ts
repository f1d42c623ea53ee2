/** What the office looks at of this officer's work, and what it decided. */
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type {
  CashCategory,
  ReviewItemCopyFragment,
  ReviewKind,
  ReviewStatus,
} from "../gen/graphql";
import { recordKind } from "./kind";

export interface ReviewItem {
  id: string;
  groupId: string;
  memberId: string | null;
  kind: ReviewKind;
  status: ReviewStatus;
  /** The code of the rule that stood against it, and the same in words. */
  reason: string;
  message: string;
  amount: Cents;
  direction: CashCategory | null;
  createdAt: string;
  /** A ReviewAction, or RESOLVED. */
  decision: string | null;
  decisionNote: string | null;
  decidedAt: string | null;
  subjectId: string | null;
  operationId: string | null;
}

export const reviewItems = recordKind({
  store: "records",
  groupId: (item: ReviewItem) => item.groupId,
  refs: (item: ReviewItem) => [item.memberId, item.subjectId, item.operationId],
  fromNode: ({ group, member, ...node }: ReviewItemCopyFragment): ReviewItem => ({
    ...node,
    groupId: group.id,
    memberId: member?.id ?? null,
    amount: fromDecimal(node.amount),
  }),
});
