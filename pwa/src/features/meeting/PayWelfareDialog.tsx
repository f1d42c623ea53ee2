import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { CashWarning } from "../../components/CashWarning";
import { Dialog } from "../../components/Dialog";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { WelfareRequest } from "../../records/welfareRequests";
import type { ListedMeeting } from "../../state/meetings";
import { payWelfare } from "../../state/welfare-actions";
import { codeWrong, IN_CASH, PayFields, paidBy } from "./PayFields";
import styles from "./step.module.css";

interface Props {
  /** At whose table it is handed out; null without one. */
  meeting: ListedMeeting | null;
  request: WelfareRequest;
  name: string;
  onClose: () => void;
}

export function PayWelfareDialog({ meeting, request, name, onClose }: Props) {
  const [way, setWay] = useState(IN_CASH);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (codeWrong(way) || busy) return;
    setBusy(true);
    const date = meeting?.date ?? todayInNairobi();
    await payWelfare(request, { ...paidBy(way), date, meetingId: meeting?.id ?? null });
    toast(t("other.paid", { amount: formatMoney(request.amount), name }));
    onClose();
  };
  return (
    <Dialog title={t("other.payTitle", { name })} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <p className={styles.big}>{formatMoney(request.amount)}</p>
        <p className={styles.soft}>{request.reason}</p>
        <PayFields way={way} onChange={setWay} tried={tried} />
        <CashWarning groupId={request.groupId} method={way.method} amount={request.amount} />
        <Button look="primary" wide type="submit" disabled={busy} data-testid="welfare-save">
          {t("loanStep.confirm")}
        </Button>
      </form>
    </Dialog>
  );
}
