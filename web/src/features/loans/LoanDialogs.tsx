/** The form of each thing that is done with a loan. */
import { lazy, Suspense } from "react";
import ApproveForm from "./ApproveForm";
import CorrectForm, { type Correction } from "./CorrectForm";
import type { Loan } from "./loans-api";
import RejectForm from "./RejectForm";
import type { Repayment } from "./Repayments";
import type { LoanAction } from "./rights";

const DisburseDrawer = lazy(() => import("./DisburseDrawer"));
const RepayDrawer = lazy(() => import("./RepayDrawer"));
const RemindDialog = lazy(() => import("./RemindDialog"));
const IdentityDialog = lazy(() => import("../../components/IdentityDialog"));

export type Open = { action: LoanAction } | { action: "reverseRepayment"; repayment: Repayment };

type Props = { loan: Loan; open: Open; onClose: () => void };

export function LoanDialogs({ loan, open, onClose }: Props) {
  const props = { loan, onClose };
  const { action } = open;
  if (action === "approve") return <ApproveForm {...props} />;
  if (action === "reject") return <RejectForm {...props} />;
  if (action === "disburse" || action === "repay" || action === "verify" || action === "remind") {
    return (
      <Suspense>
        {action === "disburse" && <DisburseDrawer {...props} />}
        {action === "repay" && <RepayDrawer {...props} />}
        {action === "remind" && <RemindDialog {...props} />}
        {action === "verify" && <IdentityDialog memberId={loan.member.id} onClose={onClose} />}
      </Suspense>
    );
  }
  return <CorrectForm {...props} correction={correctionOf(loan, open)} />;
}

function correctionOf(loan: Loan, open: Open): Correction {
  if (open.action === "reverseRepayment") {
    const { entryId, amount, receiptNumber } = open.repayment;
    return { action: open.action, entryId, amount, receiptNumber };
  }
  const { action } = open;
  if (action === "reverseDisbursement") {
    return { action, entryId: loan.disbursementEntryId, amount: loan.loanAmount };
  }
  if (action === "reverseWriteOff") {
    return { action, entryId: loan.writeOffEntryId, amount: loan.outstandingPrincipal };
  }
  return { action: "writeOff", entryId: null, amount: loan.outstandingPrincipal };
}
