/** What the officer does with loans and with savings that go out. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, toDecimal } from "@tablebanking/common/money";
import { uuidv7 } from "@tablebanking/common/uuid";
import type { LoanType, SignatureInput } from "../gen/graphql";
import type { BodyOf, PaymentMethod } from "../lib/model";
import type { OperationBody } from "../operations";
import type { LoanCost } from "../operations/applyForLoan";
import type { RecordedMovement } from "../operations/recordMovement";
import type { Loan } from "../records/loans";
import { useData } from "./data";
import { namesOf, newIds, record } from "./record";

export interface LoanForm {
  groupId: string;
  memberId: string;
  loanType: LoanType;
  amount: Cents;
  durationMonths: number;
  graceMonths: number;
  purpose: string;
  witnesses: string[];
  date: IsoDate;
  idDocuments?: string[];
  /** As it was shown to the member. */
  cost: LoanCost;
}

/** Returns the loan's id. What was typed is no draft any more. */
export async function applyForLoan(form: LoanForm, draftKey: string): Promise<string> {
  const { members } = useData.getState();
  const ids = newIds();
  const bodies: OperationBody[] = [
    {
      type: "applyForLoan",
      ...namesOf(form.groupId, form.memberId),
      witnesses: form.witnesses.map((id) => ({
        id,
        memberName: members.get(id)?.memberName ?? "",
      })),
      cost: form.cost,
      input: {
        ...ids,
        memberId: form.memberId,
        loanType: form.loanType,
        amount: toDecimal(form.amount),
        durationMonths: form.durationMonths,
        purpose: form.purpose,
        witnesses: form.witnesses,
        applicationDate: form.date,
        ...(form.loanType === "PROJECT" ? { graceMonths: form.graceMonths } : {}),
        ...(form.idDocuments ? { idDocuments: form.idDocuments } : {}),
      },
    },
  ];
  await record(form.groupId, bodies, { dropDrafts: [draftKey] });
  return ids.id;
}

const about = (loan: Loan) => ({
  memberId: loan.memberId,
  ...namesOf(loan.groupId, loan.memberId),
});

/** The officer's own approval, or with a signature the chair's, made on this phone. */
export async function approveLoan(
  loan: Loan,
  by: { id: string; name: string },
  notes: string | null = null,
  signature: SignatureInput | null = null,
): Promise<void> {
  await record(loan.groupId, [
    {
      type: "approveLoan",
      ...about(loan),
      amount: loan.loanAmount,
      role: signature ? "GROUP_CHAIR" : "FIELD_OFFICER",
      by,
      input: {
        loanId: loan.id,
        offlineSyncId: uuidv7(),
        ...(notes ? { notes } : {}),
        ...(signature ? { signature } : {}),
      },
    },
  ]);
}

export async function rejectLoan(loan: Loan, reason: string): Promise<void> {
  await record(loan.groupId, [
    {
      type: "rejectLoan",
      ...about(loan),
      amount: loan.loanAmount,
      input: { loanId: loan.id, reason, offlineSyncId: uuidv7() },
    },
  ]);
}

export interface Paid {
  method: PaymentMethod;
  date: IsoDate;
  transactionId?: string | null;
  meetingId?: string | null;
}

const alongWith = ({ transactionId, meetingId }: Paid) => ({
  ...(transactionId ? { transactionId } : {}),
  ...(meetingId ? { meetingId } : {}),
});

export async function disburseLoan(loan: Loan, paid: Paid): Promise<void> {
  await record(loan.groupId, [
    {
      type: "disburseLoan",
      ...about(loan),
      handedOut: loan.loanAmount - loan.fee,
      input: {
        loanId: loan.id,
        paymentMethod: paid.method,
        disbursementDate: paid.date,
        offlineSyncId: uuidv7(),
        ...alongWith(paid),
      },
    },
  ]);
}

export async function recordRepayment(loan: Loan, amount: Cents, paid: Paid): Promise<string> {
  const body = repaymentBody(loan, amount, paid);
  await record(loan.groupId, [body]);
  return body.input.id;
}

export function repaymentBody(loan: Loan, amount: Cents, paid: Paid): BodyOf<"recordRepayment"> {
  return {
    type: "recordRepayment",
    ...about(loan),
    input: {
      ...newIds(),
      loanId: loan.id,
      amount: toDecimal(amount),
      paymentMethod: paid.method,
      paymentDate: paid.date,
      ...alongWith(paid),
    },
  };
}

export async function withdrawSavings(
  member: { id: string; groupId: string },
  amount: Cents,
  reason: string,
  paid: Paid,
): Promise<string> {
  const ids = newIds();
  await record(member.groupId, [
    {
      type: "withdrawSavings",
      ...namesOf(member.groupId, member.id),
      input: {
        ...ids,
        memberId: member.id,
        amount: toDecimal(amount),
        reason,
        paymentMethod: paid.method,
        date: paid.date,
        ...alongWith(paid),
      },
    },
  ]);
  return ids.id;
}

export async function recordMovement(
  groupId: string,
  movement: RecordedMovement,
  amount: Cents,
  description: string,
  paid: Paid,
): Promise<string> {
  const ids = newIds();
  await record(groupId, [
    {
      type: "recordMovement",
      groupName: namesOf(groupId, "").groupName,
      input: {
        ...ids,
        groupId,
        movement,
        amount: toDecimal(amount),
        description,
        paymentMethod: paid.method,
        movementDate: paid.date,
        ...alongWith(paid),
      },
    },
  ]);
  return ids.id;
}
