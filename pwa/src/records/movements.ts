/** Withdrawals, expenses, banking and other movements of money. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type { MovementCopyFragment, MovementKind, PaymentMethod } from "../gen/graphql";
import { recordKind } from "./kind";

export interface Movement {
  id: string;
  groupId: string;
  memberId: string | null;
  kind: MovementKind;
  amount: Cents;
  date: IsoDate;
  description: string;
  /** Null where no money moved. */
  method: PaymentMethod | null;
  transactionId: string | null;
  receiptNumber: string;
  /** Missing in what an older version of the app has kept, null where it has no receipt of ours. */
  receiptCode?: string | null;
  isReversed: boolean;
}

export const movements = recordKind({
  store: "records",
  groupId: (row: Movement) => row.groupId,
  refs: (row: Movement) => [row.memberId],
  fromNode: (node: MovementCopyFragment): Movement => ({
    id: node.id,
    groupId: node.group.id,
    memberId: node.member?.id ?? null,
    kind: node.kind,
    amount: fromDecimal(node.amount),
    date: node.movementDate,
    description: node.description,
    method: node.account,
    transactionId: node.transactionId,
    receiptNumber: node.receiptNumber,
    receiptCode: node.receiptCode,
    isReversed: node.isReversed,
  }),
});
