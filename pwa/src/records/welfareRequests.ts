/** Payouts from the welfare fund: asked for, approved, paid. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type { Role, WelfareRequestCopyFragment, WelfareStatus } from "../gen/graphql";
import { recordKind } from "./kind";
import type { Approval } from "./loans";

export interface WelfareRequest {
  id: string;
  groupId: string;
  memberId: string;
  amount: Cents;
  reason: string;
  status: WelfareStatus;
  requestedOn: IsoDate;
  rejectedReason: string | null;
  paidOn: IsoDate | null;
  approvals: Approval[];
  approvalsMissing: Role[];
}

export const welfareRequests = recordKind({
  store: "records",
  groupId: (request: WelfareRequest) => request.groupId,
  refs: (request: WelfareRequest) => [request.memberId],
  fromNode: ({ group, member, ...node }: WelfareRequestCopyFragment): WelfareRequest => ({
    ...node,
    groupId: group.id,
    memberId: member.id,
    amount: fromDecimal(node.amount),
    approvals: node.approvals.map(({ approvedBy, ...approval }) => ({
      ...approval,
      by: approvedBy,
    })),
  }),
});
