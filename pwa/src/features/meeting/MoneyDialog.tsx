import { formatMoney, parseMoney } from "@tablebanking/common/money";
import { cleanText } from "@tablebanking/common/signing";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { CashWarning } from "../../components/CashWarning";
import { Dialog } from "../../components/Dialog";
import { SelectField, TextField } from "../../components/Field";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { recordMovement } from "../../state/loan-actions";
import type { ListedMeeting } from "../../state/meetings";
import { codeWrong, IN_CASH, PayFields, paidBy } from "./PayFields";
import styles from "./step.module.css";

const KINDS = ["EXPENSE", "OTHER_INCOME", "PROJECT_SPENDING"] as const;
type Kind = (typeof KINDS)[number];

/** What the group spent or earned at the table, with its reason. */
export function MoneyDialog({ meeting, onClose }: { meeting: ListedMeeting; onClose: () => void }) {
  const [kind, setKind] = useState<Kind>("EXPENSE");
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [way, setWay] = useState(IN_CASH);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = parseMoney(text);
  const words = cleanText(reason);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!amount || words === "" || codeWrong(way) || busy) return;
    setBusy(true);
    await recordMovement(meeting.groupId, kind, amount, words, {
      ...paidBy(way),
      date: meeting.date,
      meetingId: meeting.id,
    });
    toast(t("other.saved", { amount: formatMoney(amount) }));
    onClose();
  };
  return (
    <Dialog title={t("other.add")} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <SelectField
          label={t("other.kind")}
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
        >
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {t(`other.${value}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("other.amount")}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={tried && !amount ? t("edit.amountWrong") : null}
        />
        <TextField
          label={t("other.reason")}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
          error={tried && words === "" ? t("other.reasonMissing") : null}
        />
        <PayFields way={way} onChange={setWay} tried={tried} />
        {kind !== "OTHER_INCOME" && amount !== null && amount > 0 && (
          <CashWarning groupId={meeting.groupId} method={way.method} amount={amount} />
        )}
        <Button look="primary" wide type="submit" disabled={busy} data-testid="money-save">
          {t("other.save")}
        </Button>
      </form>
    </Dialog>
  );
}
