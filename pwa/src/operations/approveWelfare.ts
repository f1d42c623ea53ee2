import { placeOf } from "@tablebanking/common/approvals";
import { type Cents, formatMoney } from "@tablebanking/common/money";
import type { WelfareRequest } from "../records/welfareRequests";
import { type Input, operationKind, type Synced } from "./kind";
import { verified } from "./verifyIdentity";

export interface ApproveWelfareBody {
  type: "approveWelfare";
  input: Synced<Input<"approveWelfare">>;
  memberId: string;
  memberName: string;
  groupName: string;
  amount: Cents;
  /** Whose approval: the officer's own, or with `input.signature` the chair's on this phone. */
  role: "FIELD_OFFICER" | "GROUP_CHAIR";
  by: { id: string; name: string };
}

export const welfareApproved = (requestId: string) => `${requestId}:approved`;

export const approveWelfare = operationKind<ApproveWelfareBody>({
  type: "approveWelfare",
  words: ({ memberName, amount, role, by }) => ({
    key: role === "GROUP_CHAIR" ? "op.approveWelfareSigned" : "op.approveWelfare",
    values: { amount: formatMoney(amount), name: memberName, by: by.name },
  }),
  own: true,
  about: ({ input, memberId }) => ({ entityId: input.requestId, memberId }),
  needs: ({ input, memberId }) => [memberId, input.requestId, verified(memberId)],
  makes: ({ input }) => [welfareApproved(input.requestId)],
  changes: (body, { timestamp }) => [
    {
      name: "welfareRequests",
      id: body.input.requestId,
      change: (request) => withApproval(request, body, timestamp),
    },
  ],
});

function withApproval(
  request: WelfareRequest,
  { role, by, input }: ApproveWelfareBody,
  timestamp: number,
): WelfareRequest {
  const place = placeOf(role, request.approvalsMissing);
  if (request.status !== "PENDING" || !place) return request;
  const at = request.approvalsMissing.indexOf(place);
  const missing = request.approvalsMissing.filter((_, i) => i !== at);
  const approval = {
    role: place,
    notes: input.notes ?? null,
    decidedAt: new Date(timestamp).toISOString(),
    onOfficersDevice: Boolean(input.signature),
    by,
  };
  return {
    ...request,
    approvals: [...request.approvals, approval],
    approvalsMissing: missing,
    ...(missing.length === 0 ? { status: "APPROVED" as const } : {}),
  };
}
