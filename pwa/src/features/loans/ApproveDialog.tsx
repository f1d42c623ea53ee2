import { formatKes } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import { approveLoan } from "../../state/loan-actions";
import { useSession } from "../../state/session";
import styles from "./loans.module.css";

export function ApproveDialog({ loan, onClose }: { loan: Loan; onClose: () => void }) {
  const account = useSession((state) => state.account);
  const [notes, setNotes] = useState("");
  const [busy, setBusy] = useState(false);
  const approve = async () => {
    if (!account || busy) return;
    setBusy(true);
    await approveLoan(loan, { id: account.userId, name: account.name }, notes.trim() || null);
    toast(t("approve.saved"));
    onClose();
  };
  return (
    <Dialog title={t("approve.title")} onClose={onClose}>
      <div className={styles.form}>
        <p>{t("approve.text", { amount: formatKes(loan.loanAmount), purpose: loan.purpose })}</p>
        <TextField
          optional
          label={t("approve.notes")}
          value={notes}
          maxLength={500}
          onChange={(event) => setNotes(event.target.value)}
        />
        <Button
          look="primary"
          wide
          disabled={busy}
          onClick={() => void approve()}
          data-testid="approve-save"
        >
          {t("approve.save")}
        </Button>
      </div>
    </Dialog>
  );
}
