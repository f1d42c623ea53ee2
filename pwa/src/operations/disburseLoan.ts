import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { planLoan } from "@tablebanking/common/loans";
import { type Cents, formatMoney, toDecimal } from "@tablebanking/common/money";
import type { Loan } from "../records/loans";
import { approved } from "./approveLoan";
import { type Input, meetingLine, onTheTable, operationKind, type Synced } from "./kind";

export interface DisburseLoanBody {
  type: "disburseLoan";
  input: Synced<Input<"disburseLoan">>;
  memberId: string;
  memberName: string;
  groupName: string;
  /** What was handed out: the principal less the fee. */
  handedOut: Cents;
}

/** As the books will have it: the instalments fall due from the day of the disbursement. */
function running(loan: Loan, disbursedOn: IsoDate): Loan {
  const { loanType, loanAmount: amount, interestRate: rate, durationMonths: months } = loan;
  const grace = loanType === "PROJECT" ? loan.graceMonths : 0;
  return {
    ...loan,
    status: "DISBURSED",
    disbursedOn,
    outstandingPrincipal: amount,
    outstandingInterest: loan.totalInterest,
    schedule: planLoan({ loanType, amount, rate, months, grace }, disbursedOn).map((row) => ({
      ...row,
      paidPrincipal: 0,
      paidInterest: 0,
    })),
  };
}

export const paidOut = (loanId: string) => `${loanId}:paid`;

export const disburseLoan = operationKind<DisburseLoanBody>({
  type: "disburseLoan",
  words: ({ memberName, handedOut }) => ({
    key: "op.disburseLoan",
    values: { amount: formatMoney(handedOut), name: memberName },
  }),
  about: ({ input, memberId }) => ({ entityId: input.loanId, memberId }),
  needs: ({ input, memberId }) => [
    memberId,
    input.loanId,
    approved(input.loanId),
    ...(input.meetingId ? [input.meetingId] : []),
  ],
  makes: ({ input }) => [paidOut(input.loanId)],
  changes: ({ input }, { timestamp }) => [
    {
      name: "loans",
      id: input.loanId,
      change: (loan) =>
        running(loan, input.disbursementDate ?? todayInNairobi(new Date(timestamp))),
    },
  ],
  final: (body, groupId) => ({
    ...body,
    input: { ...body.input, groupId, amount: toDecimal(body.handedOut) },
  }),
  payout: ({ input, handedOut }) => ({
    what: "receipt.loan",
    amount: handedOut,
    method: input.paymentMethod,
    transactionId: input.transactionId ?? null,
    date: input.disbursementDate ?? null,
  }),
  cash: ({ input, handedOut }) => onTheTable(input.paymentMethod, -handedOut),
  atMeeting: ({ input, handedOut }) => meetingLine(input, "LOAN", -handedOut),
});
