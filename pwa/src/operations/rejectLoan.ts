import { type Cents, formatMoney } from "@tablebanking/common/money";
import { type Input, operationKind, type Synced } from "./kind";

export interface RejectLoanBody {
  type: "rejectLoan";
  input: Synced<Input<"rejectLoan">>;
  memberId: string;
  memberName: string;
  groupName: string;
  amount: Cents;
}

export const rejectLoan = operationKind<RejectLoanBody>({
  type: "rejectLoan",
  words: ({ memberName, amount }) => ({
    key: "op.rejectLoan",
    values: { amount: formatMoney(amount), name: memberName },
  }),
  own: true,
  about: ({ input, memberId }) => ({ entityId: input.loanId, memberId }),
  needs: ({ input, memberId }) => [memberId, input.loanId],
  changes: ({ input }) => [
    {
      name: "loans",
      id: input.loanId,
      change: (loan) => ({
        ...loan,
        status: "REJECTED",
        rejectedReason: input.reason,
        approvalsMissing: [],
      }),
    },
  ],
});
