/** What may be done with a loan now, and by whom (docs/loans.md). The server decides anyway. */
import { type ApprovalRole, placeOf, placesFor } from "@tablebanking/common/approvals";
import { fromDecimal } from "@tablebanking/common/money";
import type { Role } from "../../gen/graphql";
import type { Loan } from "./loans-api";
import { isToRemind } from "./reminder";

export type LoanAction =
  | "verify"
  | "approve"
  | "disburse"
  | "repay"
  | "remind"
  | "reject"
  | "writeOff"
  | "reverseDisbursement"
  | "reverseWriteOff";

export type Asked = Pick<
  Loan,
  | "status"
  | "loanAmount"
  | "idVerified"
  | "approvalsMissing"
  | "approvals"
  | "repayments"
  | "disbursementEntryId"
  | "writeOffEntryId"
  | "arrears"
  | "nextDueDate"
>;
export type Asking = { id: string; role: Role };

/** The next step comes first. */
export function actionsFor(loan: Asked, user: Asking): LoanAction[] {
  const found: LoanAction[] = [];
  const isAdmin = user.role === "SYSTEM_ADMIN";
  const handlesMoney = isAdmin || user.role === "FIELD_OFFICER";
  const pending = loan.status === "PENDING";
  if (pending && !loan.idVerified && handlesMoney) found.push("verify");
  if (mayApprove(loan, user)) found.push("approve");
  if (loan.status === "APPROVED" && handlesMoney) found.push("disburse");
  if (owes(loan) && handlesMoney) found.push("repay");
  if (isToRemind(loan)) found.push("remind");
  if ((pending || loan.status === "APPROVED") && mayRefuse(loan, user)) found.push("reject");
  if (isAdmin) found.push(...corrections(loan));
  return found;
}

export function mayApprove(loan: Asked, user: Asking): boolean {
  if (loan.status !== "PENDING" || !loan.idVerified) return false;
  if (loan.approvals.some(({ approvedBy }) => approvedBy.id === user.id)) return false;
  return placeOf(user.role, loan.approvalsMissing as ApprovalRole[]) !== null;
}

function mayRefuse(loan: Asked, { role }: Asking): boolean {
  if (role === "SYSTEM_ADMIN") return true;
  return placeOf(role, placesFor(fromDecimal(loan.loanAmount))) !== null;
}

function owes(loan: Asked): boolean {
  return loan.status === "DISBURSED" || loan.status === "WRITTEN_OFF";
}

/** A repayment is reversed where it stands: the newest that counts (`reversible`). */
function corrections(loan: Asked): LoanAction[] {
  const paid = loan.repayments.some(({ isReversed }) => !isReversed);
  if (loan.status === "WRITTEN_OFF" && loan.writeOffEntryId) return ["reverseWriteOff"];
  if (loan.status !== "DISBURSED") return [];
  return loan.disbursementEntryId && !paid ? ["writeOff", "reverseDisbursement"] : ["writeOff"];
}

/** The repayment that an administrator may take back: only the newest. */
export function reversible(loan: Asked, { role }: Asking): string | null {
  if (role !== "SYSTEM_ADMIN") return null;
  return loan.repayments.findLast(({ isReversed }) => !isReversed)?.id ?? null;
}
