import { formatMoney } from "@tablebanking/common/money";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { CashWarning } from "../../components/CashWarning";
import { Dialog } from "../../components/Dialog";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import { disburseLoan } from "../../state/loan-actions";
import type { ListedMeeting } from "../../state/meetings";
import { codeWrong, IN_CASH, PayFields, paidBy } from "./PayFields";
import styles from "./step.module.css";

interface Props {
  meeting: ListedMeeting;
  loan: Loan;
  name: string;
  onClose: () => void;
}

/** The money of an approved loan is handed over at the table. */
export function PayOutDialog({ meeting, loan, name, onClose }: Props) {
  const [way, setWay] = useState(IN_CASH);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const out = loan.loanAmount - loan.fee;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (codeWrong(way) || busy) return;
    setBusy(true);
    await disburseLoan(loan, { ...paidBy(way), date: meeting.date, meetingId: meeting.id });
    toast(t("loanStep.handedOut", { amount: formatMoney(out), name }));
    onClose();
  };
  return (
    <Dialog title={t("loanStep.handOutTo", { name })} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <p className={styles.big}>{formatMoney(out)}</p>
        {loan.fee > 0 && (
          <p className={styles.soft}>
            {t("loanStep.principalLessFee", {
              amount: formatMoney(loan.loanAmount),
              fee: formatMoney(loan.fee),
            })}
          </p>
        )}
        <PayFields way={way} onChange={setWay} tried={tried} />
        <CashWarning groupId={meeting.groupId} method={way.method} amount={out} />
        <Button look="primary" wide type="submit" disabled={busy} data-testid="pay-out-save">
          {t("loanStep.confirm")}
        </Button>
      </form>
    </Dialog>
  );
}
