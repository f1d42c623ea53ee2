/** What was paid on loans. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type { PaymentMethod, RepaymentCopyFragment } from "../gen/graphql";
import { recordKind } from "./kind";

export interface Repayment {
  id: string;
  groupId: string;
  memberId: string;
  loanId: string;
  amount: Cents;
  /** What it paid; null until the books have said it. */
  split: { principal: Cents; interest: Cents; fines: Cents; savings: Cents } | null;
  date: IsoDate;
  method: PaymentMethod;
  transactionId: string | null;
  receiptNumber: string;
  /** Missing in what an older version of the app has kept, null where it has no receipt of ours. */
  receiptCode?: string | null;
  isReversed: boolean;
}

export const repayments = recordKind({
  store: "records",
  groupId: (row: Repayment) => row.groupId,
  refs: (row: Repayment) => [row.memberId, row.loanId],
  fromNode: (node: RepaymentCopyFragment): Repayment => ({
    id: node.id,
    groupId: node.loan.group.id,
    memberId: node.loan.member.id,
    loanId: node.loan.id,
    amount: fromDecimal(node.amount),
    split: {
      principal: fromDecimal(node.principal),
      interest: fromDecimal(node.interest),
      fines: fromDecimal(node.fines),
      savings: fromDecimal(node.savings),
    },
    date: node.paymentDate,
    method: node.paymentMethod,
    transactionId: node.transactionId,
    receiptNumber: node.receiptNumber,
    receiptCode: node.receiptCode,
    isReversed: node.isReversed,
  }),
});
