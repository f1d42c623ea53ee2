import { formatKes } from "@tablebanking/common/money";
import { formatPhone } from "@tablebanking/common/phone";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Details } from "../../components/Details";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import type { ListedMember } from "../../state/data";
import { approveLoan, verifyIdentity } from "../../state/loan-actions";
import { usePrefs } from "../../state/prefs";
import { useSession } from "../../state/session";
import { shortDate } from "./dates";
import styles from "./loans.module.css";

/** The officer compares the card in their hand with what the register has. */
export function VerifyDialog({ member, onClose }: { member: ListedMember; onClose: () => void }) {
  const language = usePrefs((state) => state.language);
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    await verifyIdentity(member, null);
    toast(t("verify.saved", { name: member.memberName }));
    onClose();
  };
  return (
    <Dialog title={t("verify.title")} onClose={onClose}>
      <p>{t("verify.text")}</p>
      <Details
        rows={[
          [t("form.name"), member.memberName],
          [t("member.idNumber"), member.idNumber],
          [t("member.born"), member.dateOfBirth && shortDate(member.dateOfBirth, language)],
          [t("member.phone"), formatPhone(member.phone)],
        ]}
      />
      <Button
        look="primary"
        wide
        disabled={busy}
        onClick={() => void verify()}
        data-testid="verify-save"
      >
        {t("verify.save")}
      </Button>
    </Dialog>
  );
}

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
