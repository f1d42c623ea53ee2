import { formatKes } from "@tablebanking/common/money";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { CashWarning } from "../../components/CashWarning";
import { Dialog } from "../../components/Dialog";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import { disburseLoan } from "../../state/loan-actions";
import styles from "./loans.module.css";
import { PayFields } from "./PayFields";
import { usePayment } from "./use-payment";

/** The money is handed out: the loan runs from that day. */
export function PayOutDialog({ loan, onClose }: { loan: Loan; onClose: () => void }) {
  const payment = usePayment(loan.groupId, loan.applicationDate);
  const [busy, setBusy] = useState(false);
  const out = loan.loanAmount - loan.fee;
  const { paid, ready } = payment;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!paid || busy) return;
    setBusy(true);
    await disburseLoan(loan, paid);
    toast(t("payOut.saved", { amount: formatKes(out) }));
    onClose();
  };
  return (
    <Dialog title={t("payOut.title")} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <div>
          <p className={styles.big}>{formatKes(out)}</p>
          {loan.fee > 0 && (
            <p className={styles.soft}>
              {t("payOut.lessFee", {
                amount: formatKes(loan.loanAmount),
                fee: formatKes(loan.fee),
              })}
            </p>
          )}
        </div>
        <PayFields payment={payment} />
        <CashWarning groupId={loan.groupId} method={payment.values.method} amount={out} />
        <Button
          look="primary"
          wide
          type="submit"
          disabled={busy || !ready}
          data-testid="pay-out-save"
        >
          {t("payOut.save")}
        </Button>
      </form>
    </Dialog>
  );
}
