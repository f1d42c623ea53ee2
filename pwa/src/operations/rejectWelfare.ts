import { type Cents, formatMoney } from "@tablebanking/common/money";
import { type Input, operationKind, type Synced } from "./kind";

export interface RejectWelfareBody {
  type: "rejectWelfare";
  input: Synced<Input<"rejectWelfare">>;
  memberId: string;
  memberName: string;
  groupName: string;
  amount: Cents;
}

export const rejectWelfare = operationKind<RejectWelfareBody>({
  type: "rejectWelfare",
  words: ({ memberName, amount }) => ({
    key: "op.rejectWelfare",
    values: { amount: formatMoney(amount), name: memberName },
  }),
  own: true,
  about: ({ input, memberId }) => ({ entityId: input.requestId, memberId }),
  needs: ({ input, memberId }) => [memberId, input.requestId],
  changes: ({ input }) => [
    {
      name: "welfareRequests",
      id: input.requestId,
      change: (request) => ({
        ...request,
        status: "REJECTED",
        rejectedReason: input.reason,
        approvalsMissing: [],
      }),
    },
  ],
});
