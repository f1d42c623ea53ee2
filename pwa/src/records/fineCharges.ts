/** Fines that members owe or owed; a loan's late fines carry its id. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type { ChargeStatus, FineChargeCopyFragment, FineReason } from "../gen/graphql";
import { recordKind } from "./kind";

export interface FineCharge {
  id: string;
  groupId: string;
  memberId: string;
  reason: FineReason;
  amount: Cents;
  paid: Cents;
  chargedOn: IsoDate;
  status: ChargeStatus;
  loanId: string | null;
  instalment: number | null;
  meetingId: string | null;
  /** The first day of the month whose saving was missed. */
  month: IsoDate | null;
  note: string | null;
}

export const fineCharges = recordKind({
  store: "records",
  groupId: (fine: FineCharge) => fine.groupId,
  refs: (fine: FineCharge) => [fine.memberId, fine.loanId, fine.meetingId],
  fromNode: ({ group, member, ...node }: FineChargeCopyFragment): FineCharge => ({
    ...node,
    groupId: group.id,
    memberId: member.id,
    amount: fromDecimal(node.amount),
    paid: fromDecimal(node.paid),
  }),
});
