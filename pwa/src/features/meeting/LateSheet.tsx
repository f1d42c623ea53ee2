/** Amounts that stood on the sheet, typed and not saved, when somebody else closed the meeting. */
import { formatMoney, sumCents } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { useData } from "../../state/data";
import type { ListedMeeting } from "../../state/meetings";
import styles from "./step.module.css";
import { useSheet } from "./use-sheet";

export function LateSheet({ meeting }: { meeting: ListedMeeting }) {
  const sheet = useSheet(meeting.groupId, meeting);
  const members = useData((state) => state.members);
  const [clearing, setClearing] = useState(false);
  const [busy, setBusy] = useState(false);
  const { payments } = sheet.reading;
  if (!sheet.ready || payments.length === 0) return null;
  const amount = formatMoney(sumCents(payments.map((payment) => payment.amount)));
  const save = async () => {
    setBusy(true);
    try {
      await sheet.save();
      toast(t("lateSheet.saved", { count: payments.length, amount }));
    } finally {
      setBusy(false);
    }
  };
  const clear = () => {
    sheet.setDraft(() => ({}));
    setClearing(false);
  };
  return (
    <section className={styles.lateSheet} data-testid="late-sheet">
      <p className={styles.warning}>
        <Icon name="alert" size={20} />
        <span>{t("lateSheet.text", { count: payments.length })}</span>
      </p>
      <dl className={styles.amounts}>
        {payments.map((payment) => (
          <div key={`${payment.memberId} ${payment.kind}`}>
            <dt>
              {[members.get(payment.memberId)?.memberName, t(`kind.${payment.kind}`)]
                .filter(Boolean)
                .join(" · ")}
            </dt>
            <dd>{formatMoney(payment.amount)}</dd>
          </div>
        ))}
        <div className={styles.total}>
          <dt>{t("lateSheet.total")}</dt>
          <dd>{amount}</dd>
        </div>
      </dl>
      <Button
        look="primary"
        wide
        disabled={busy}
        onClick={() => void save()}
        data-testid="late-sheet-save"
      >
        {t("lateSheet.save")}
      </Button>
      <Button wide onClick={() => setClearing(true)} data-testid="late-sheet-clear">
        {t("lateSheet.clear")}
      </Button>
      {clearing && (
        <Dialog title={t("lateSheet.clearTitle")} onClose={() => setClearing(false)}>
          <p>{t("lateSheet.clearText", { count: payments.length, amount })}</p>
          <Button look="danger" wide onClick={clear} data-testid="late-sheet-clear-confirm">
            {t("lateSheet.clearConfirm")}
          </Button>
        </Dialog>
      )}
    </section>
  );
}
