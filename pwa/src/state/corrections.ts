/** Money that has not gone up, or was refused, put right under its number: edit, and send again. */
import { type Cents, fromDecimal, toDecimal } from "@tablebanking/common/money";
import type { ContributionType, Operation, PaymentMethod } from "../lib/model";
import type { OperationBody } from "../operations";
import { correct } from "./record";

/** What of it can be another; null for what is not this operation's to say. */
export interface Correctable {
  amount: Cents | null;
  kind: ContributionType | null;
  method: PaymentMethod;
  transactionId: string | null;
}

/** Null for what is no money: it is taken back and made anew. */
export function correctable(body: OperationBody): Correctable | null {
  switch (body.type) {
    case "recordContribution":
      return { ...paidBy(body.input), ...amountOf(body.input), kind: body.input.contributionType };
    case "recordRepayment":
    case "withdrawSavings":
    case "recordMovement":
      return { ...paidBy(body.input), ...amountOf(body.input), kind: null };
    // How much stands with the loan or the request.
    case "disburseLoan":
    case "payWelfare":
      return { ...paidBy(body.input), amount: null, kind: null };
    default:
      return null;
  }
}

interface PaidInput {
  paymentMethod: PaymentMethod;
  transactionId?: string | null;
}

const paidBy = ({ paymentMethod, transactionId }: PaidInput) => ({
  method: paymentMethod,
  transactionId: transactionId ?? null,
});
const amountOf = ({ amount }: { amount: string }) => ({ amount: fromDecimal(amount) });

/** Throws NotEditable once it is on its way. */
export async function correctPayment(operation: Operation, now: Correctable): Promise<void> {
  const { body } = operation;
  if (!correctable(body)) return;
  const { transactionId: _old, ...input } = body.input as PaidInput;
  const changed = {
    ...body,
    input: {
      ...input,
      paymentMethod: now.method,
      ...(now.transactionId ? { transactionId: now.transactionId } : {}),
      ...(now.amount === null ? {} : { amount: toDecimal(now.amount) }),
      ...(now.kind === null ? {} : { contributionType: now.kind }),
    },
  };
  await correct(operation.id, operation.groupId, changed as OperationBody);
}
