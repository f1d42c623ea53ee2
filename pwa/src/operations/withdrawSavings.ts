import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { receiptOf } from "@tablebanking/common/receipt";
import type { Movement } from "../records/movements";
import { type Identified, type Input, meetingLine, onTheTable, operationKind } from "./kind";

export interface WithdrawSavingsBody {
  type: "withdrawSavings";
  input: Identified<Input<"withdrawSavings">>;
  memberName: string;
  groupName: string;
}

export const withdrawSavings = operationKind<WithdrawSavingsBody>({
  type: "withdrawSavings",
  words: ({ input, memberName }) => ({
    key: "op.withdrawSavings",
    values: { amount: formatMoney(fromDecimal(input.amount)), name: memberName },
  }),
  about: ({ input }) => ({ entityId: input.id, memberId: input.memberId }),
  makes: ({ input }) => [input.id],
  needs: ({ input }) => [input.memberId, ...(input.meetingId ? [input.meetingId] : [])],
  records: async (body, groupId) => [{ name: "movements", value: await movementOf(body, groupId) }],
  makesRecord: "movements",
  final: (body, groupId) => ({ ...body, input: { ...body.input, groupId } }),
  cash: ({ input }) => onTheTable(input.paymentMethod, -fromDecimal(input.amount)),
  atMeeting: ({ input }) => meetingLine(input, "WITHDRAWAL", -fromDecimal(input.amount)),
  savings: ({ input }) => ({
    memberId: input.memberId,
    fund: "regular",
    amount: -fromDecimal(input.amount),
  }),
});

async function movementOf({ input }: WithdrawSavingsBody, groupId: string): Promise<Movement> {
  return {
    id: input.id,
    groupId,
    memberId: input.memberId,
    kind: "WITHDRAWAL",
    amount: fromDecimal(input.amount),
    date: input.date ?? todayInNairobi(),
    description: input.reason,
    method: input.paymentMethod,
    transactionId: input.transactionId ?? null,
    ...(await receiptOf(input.offlineSyncId)),
    isReversed: false,
  };
}
