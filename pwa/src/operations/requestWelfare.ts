import { placesFor } from "@tablebanking/common/approvals";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import type { WelfareRequest } from "../records/welfareRequests";
import { type Identified, type Input, operationKind } from "./kind";

export interface RequestWelfareBody {
  type: "requestWelfare";
  input: Identified<Input<"requestWelfare">>;
  memberName: string;
  groupName: string;
}

export const requestWelfare = operationKind<RequestWelfareBody>({
  type: "requestWelfare",
  words: ({ input, memberName }) => ({
    key: "op.requestWelfare",
    values: { amount: formatMoney(fromDecimal(input.amount)), name: memberName },
  }),
  about: ({ input }) => ({ entityId: input.id, memberId: input.memberId }),
  makes: ({ input }) => [input.id],
  needs: ({ input }) => [input.memberId],
  records: (body, groupId) => [{ name: "welfareRequests", value: requestOf(body, groupId) }],
  makesRecord: "welfareRequests",
});

function requestOf({ input }: RequestWelfareBody, groupId: string): WelfareRequest {
  const amount = fromDecimal(input.amount);
  return {
    id: input.id,
    groupId,
    memberId: input.memberId,
    amount,
    reason: input.reason,
    status: "PENDING",
    requestedOn: input.requestDate ?? todayInNairobi(),
    rejectedReason: null,
    paidOn: null,
    approvals: [],
    approvalsMissing: placesFor(amount),
  };
}
