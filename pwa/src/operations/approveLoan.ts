import { placeOf } from "@tablebanking/common/approvals";
import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, formatMoney } from "@tablebanking/common/money";
import type { Loan } from "../records/loans";
import { type Input, operationKind, type Synced } from "./kind";
import { verified } from "./verifyIdentity";

export interface ApproveLoanBody {
  type: "approveLoan";
  input: Synced<Input<"approveLoan">>;
  memberId: string;
  memberName: string;
  groupName: string;
  amount: Cents;
  /** Whose approval: the officer's own, or with `input.signature` the chair's on this phone. */
  role: "FIELD_OFFICER" | "GROUP_CHAIR";
  by: { id: string; name: string };
}

export const approved = (loanId: string) => `${loanId}:approved`;

export const approveLoan = operationKind<ApproveLoanBody>({
  type: "approveLoan",
  words: ({ memberName, amount, role, by }) => ({
    key: role === "GROUP_CHAIR" ? "op.approveLoanSigned" : "op.approveLoan",
    values: { amount: formatMoney(amount), name: memberName, by: by.name },
  }),
  own: true,
  about: ({ input, memberId }) => ({ entityId: input.loanId, memberId }),
  needs: ({ input, memberId }) => [memberId, input.loanId, verified(memberId)],
  makes: ({ input }) => [approved(input.loanId)],
  changes: (body, { timestamp }) => [
    { name: "loans", id: body.input.loanId, change: (loan) => withApproval(loan, body, timestamp) },
  ],
});

function withApproval(loan: Loan, { role, by, input }: ApproveLoanBody, timestamp: number): Loan {
  const place = placeOf(role, loan.approvalsMissing);
  if (loan.status !== "PENDING" || !place) return loan;
  const at = loan.approvalsMissing.indexOf(place);
  const missing = loan.approvalsMissing.filter((_, i) => i !== at);
  const approval = {
    role: place,
    notes: input.notes ?? null,
    decidedAt: new Date(timestamp).toISOString(),
    onOfficersDevice: Boolean(input.signature),
    by,
  };
  return {
    ...loan,
    approvals: [...loan.approvals, approval],
    approvalsMissing: missing,
    ...(missing.length === 0
      ? { status: "APPROVED", approvedDate: todayInNairobi(new Date(timestamp)) }
      : {}),
  };
}
