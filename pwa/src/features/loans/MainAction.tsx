/** The one thing to do next with a loan. */
import { useState } from "react";
import { Button } from "../../components/Button";
import { ReasonDialog } from "../../components/ReasonDialog";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { Loan } from "../../records/loans";
import type { ListedMember } from "../../state/data";
import { rejectLoan } from "../../state/loan-actions";
import type { Step } from "../../state/loan-steps";
import { namesOfRoles } from "../../state/needs";
import { ApproveDialog } from "./ApproveDialog";
import { ChairSigns } from "./ChairSigns";
import styles from "./loans.module.css";
import { PayOutDialog } from "./PayOutDialog";

interface Props {
  loan: Loan;
  member: ListedMember | undefined;
  step: Step;
}

export function MainAction({ loan, member, step }: Props) {
  const [open, setOpen] = useState<Step | "reject" | null>(null);
  const close = () => setOpen(null);
  const refusable = loan.status === "PENDING" || loan.status === "APPROVED";
  if (step === "done" && !refusable) return null;
  return (
    <div className={styles.form}>
      <Next loan={loan} name={member?.memberName ?? ""} step={step} onOpen={setOpen} />
      {refusable && (
        <Button look="danger" wide onClick={() => setOpen("reject")} data-testid="loan-reject">
          {t("reject.action")}
        </Button>
      )}
      {open === "approve" && <ApproveDialog loan={loan} onClose={close} />}
      {open === "payOut" && <PayOutDialog loan={loan} onClose={close} />}
      {open === "reject" && (
        <ReasonDialog
          title={t("reject.title")}
          text={t("reject.text")}
          confirm={t("reject.action")}
          onConfirm={(reason) => rejectLoan(loan, reason)}
          onClose={close}
        />
      )}
    </div>
  );
}

interface NextProps {
  loan: Loan;
  name: string;
  step: Step;
  onOpen: (step: Step) => void;
}

function Next({ loan, name, step, onOpen }: NextProps) {
  /** One screen has the pictures and the check; the way back leads here. */
  const toPapers = () => navigate(`/members/${loan.memberId}/papers?loan=${loan.id}`);
  switch (step) {
    case "papers":
      return (
        <>
          <p>{t("loan.papers")}</p>
          <Button look="primary" wide onClick={toPapers} data-testid="loan-next">
            {t("apply.toPapers")}
          </Button>
        </>
      );
    case "verify":
      return (
        <>
          <p>{t("loan.verify")}</p>
          <Button look="primary" wide onClick={toPapers} data-testid="loan-next">
            {t("loan.next.verify")}
          </Button>
        </>
      );
    case "approve":
    case "payOut":
      return (
        <Button look="primary" wide onClick={() => onOpen(step)} data-testid="loan-next">
          {t(`loan.next.${step}`)}
        </Button>
      );
    case "repay":
      return (
        <Button
          look="primary"
          wide
          onClick={() => navigate(`/loans/${loan.id}/repay`)}
          data-testid="loan-next"
        >
          {t("loan.next.repay")}
        </Button>
      );
    case "sign":
      return <ChairSigns loan={loan} name={name} />;
    case "others":
      return <p>{t("loan.waitsFor", { who: namesOfRoles(loan.approvalsMissing) })}</p>;
    case "done":
      return null;
  }
}
