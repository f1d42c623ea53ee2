import { placesFor } from "@tablebanking/common/approvals";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import type { Loan } from "../records/loans";
import { type Identified, type Input, operationKind } from "./kind";
import { papers } from "./verifyIdentity";

/** What the loan costs, as it was shown to the member before the application. */
export type LoanCost = Pick<
  Loan,
  | "interestRate"
  | "fee"
  | "schedule"
  | "totalInterest"
  | "totalRepayable"
  | "annualPercentageRate"
  | "terms"
>;

export interface ApplyForLoanBody {
  type: "applyForLoan";
  input: Identified<Input<"applyForLoan">>;
  memberName: string;
  groupName: string;
  witnesses: Loan["witnesses"];
  cost: LoanCost;
}

export const applyForLoan = operationKind<ApplyForLoanBody>({
  type: "applyForLoan",
  words: ({ input, memberName }) => ({
    key: "op.applyForLoan",
    values: { amount: formatMoney(fromDecimal(input.amount)), name: memberName },
  }),
  about: ({ input }) => ({ entityId: input.id, memberId: input.memberId }),
  makes: ({ input }) => [input.id],
  needs: ({ input }) => [input.memberId, papers(input.memberId), ...input.witnesses],
  records: (body, groupId) => [{ name: "loans", value: loanOf(body, groupId) }],
  makesRecord: "loans",
});

export function loanOf({ input, witnesses, cost }: ApplyForLoanBody, groupId: string): Loan {
  const amount = fromDecimal(input.amount);
  return {
    id: input.id,
    groupId,
    memberId: input.memberId,
    loanType: input.loanType,
    loanAmount: amount,
    ...cost,
    durationMonths: input.durationMonths,
    graceMonths: input.graceMonths ?? 0,
    purpose: input.purpose,
    status: "PENDING",
    applicationDate: input.applicationDate ?? todayInNairobi(),
    approvedDate: null,
    disbursedOn: null,
    completedOn: null,
    rejectedReason: null,
    writeOffReason: null,
    idVerified: false,
    witnesses,
    approvals: [],
    approvalsMissing: placesFor(amount),
    outstandingPrincipal: 0,
    outstandingInterest: 0,
    outstandingFines: 0,
    accruedOn: null,
    accruedInterest: 0,
    paidHere: [],
  };
}
