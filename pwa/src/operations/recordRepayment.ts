import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { receiptOf } from "@tablebanking/common/receipt";
import type { Repayment } from "../records/repayments";
import { paidOut } from "./disburseLoan";
import { type Identified, type Input, meetingLine, onTheTable, operationKind } from "./kind";

export interface RecordRepaymentBody {
  type: "recordRepayment";
  input: Identified<Input<"recordRepayment">>;
  memberId: string;
  memberName: string;
  groupName: string;
}

export const recordRepayment = operationKind<RecordRepaymentBody>({
  type: "recordRepayment",
  words: ({ input, memberName }) => ({
    key: "op.recordRepayment",
    values: { amount: formatMoney(fromDecimal(input.amount)), name: memberName },
  }),
  about: ({ input, memberId }) => ({ entityId: input.id, memberId }),
  makes: ({ input }) => [input.id],
  needs: ({ input, memberId }) => [
    memberId,
    input.loanId,
    paidOut(input.loanId),
    ...(input.meetingId ? [input.meetingId] : []),
  ],
  records: async (body, groupId) => [
    { name: "repayments", value: await repaymentOf(body, groupId) },
  ],
  changes: ({ input }, { timestamp }) => [
    {
      name: "loans",
      id: input.loanId,
      change: (loan) => ({
        ...loan,
        paidHere: [
          ...loan.paidHere,
          {
            amount: fromDecimal(input.amount),
            date: input.paymentDate ?? todayInNairobi(new Date(timestamp)),
          },
        ],
      }),
    },
  ],
  makesRecord: "repayments",
  final: (body, groupId) => ({ ...body, input: { ...body.input, groupId } }),
  cash: ({ input }) => onTheTable(input.paymentMethod, fromDecimal(input.amount)),
  atMeeting: ({ input }) => meetingLine(input, "REPAYMENT", fromDecimal(input.amount)),
});

async function repaymentOf(
  { input, memberId }: RecordRepaymentBody,
  groupId: string,
): Promise<Repayment> {
  return {
    id: input.id,
    groupId,
    memberId,
    loanId: input.loanId,
    amount: fromDecimal(input.amount),
    split: null,
    date: input.paymentDate ?? todayInNairobi(),
    method: input.paymentMethod,
    transactionId: input.transactionId ?? null,
    ...(await receiptOf(input.offlineSyncId)),
    isReversed: false,
  };
}
