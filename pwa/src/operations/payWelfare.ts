import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, formatMoney, toDecimal } from "@tablebanking/common/money";
import { welfareApproved } from "./approveWelfare";
import { type Input, meetingLine, onTheTable, operationKind, type Synced } from "./kind";

export interface PayWelfareBody {
  type: "payWelfare";
  input: Synced<Input<"payWelfare">>;
  memberId: string;
  memberName: string;
  groupName: string;
  amount: Cents;
}

export const payWelfare = operationKind<PayWelfareBody>({
  type: "payWelfare",
  words: ({ memberName, amount }) => ({
    key: "op.payWelfare",
    values: { amount: formatMoney(amount), name: memberName },
  }),
  about: ({ input, memberId }) => ({ entityId: input.requestId, memberId }),
  makes: ({ input }) => [`${input.requestId}:paid`],
  needs: ({ input, memberId }) => [
    memberId,
    input.requestId,
    welfareApproved(input.requestId),
    ...(input.meetingId ? [input.meetingId] : []),
  ],
  changes: ({ input }, { timestamp }) => [
    {
      name: "welfareRequests",
      id: input.requestId,
      change: (request) => ({
        ...request,
        status: "PAID",
        paidOn: input.paymentDate ?? todayInNairobi(new Date(timestamp)),
      }),
    },
  ],
  final: (body, groupId) => ({
    ...body,
    input: { ...body.input, groupId, amount: toDecimal(body.amount) },
  }),
  payout: ({ input, amount }) => ({
    what: "movement.WELFARE_PAYOUT",
    amount,
    method: input.paymentMethod,
    transactionId: input.transactionId ?? null,
    date: input.paymentDate ?? null,
  }),
  cash: ({ input, amount }) => onTheTable(input.paymentMethod, -amount),
  atMeeting: ({ input, amount }) => meetingLine(input, "WELFARE_PAYOUT", -amount),
});
