/** One collection sheet: all its entries are written, or none. */
import type { IsoDate } from "@tablebanking/common/dates";
import type { Cents } from "@tablebanking/common/money";
import type { PaymentMethod, SheetKind } from "../lib/model";
import type { OperationBody } from "../operations";
import type { Loan } from "../records/loans";
import { contributionBody } from "./actions";
import { repaymentBody } from "./loan-actions";
import { record } from "./record";

export interface SheetPayment {
  memberId: string;
  kind: SheetKind;
  amount: Cents;
  method: PaymentMethod;
  transactionId: string | null;
}

export interface SheetFacts {
  date: IsoDate;
  meetingId: string | null;
  /** Whose repayment is for which loan. */
  loanOf: ReadonlyMap<string, Loan>;
}

export async function recordSheet(
  groupId: string,
  payments: readonly SheetPayment[],
  { date, meetingId, loanOf }: SheetFacts,
  draftKey: string,
): Promise<void> {
  const bodies = payments.map((payment): OperationBody => {
    const { kind, amount, method, transactionId } = payment;
    if (kind !== "REPAYMENT") {
      return contributionBody(groupId, { ...payment, kind }, date, meetingId);
    }
    const loan = loanOf.get(payment.memberId);
    if (!loan) throw new Error("a repayment without a loan");
    return repaymentBody(loan, amount, { method, date, transactionId, meetingId });
  });
  await record(groupId, bodies, { dropDrafts: [draftKey] });
}
