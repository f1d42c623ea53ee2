import { allocate } from "@tablebanking/common/allocation";
import {
  type Cents,
  formatMoney,
  parseMoney,
  sumCents,
  toDecimal,
} from "@tablebanking/common/money";
import { unsettled } from "@tablebanking/common/repayment";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import { recordRepayment } from "../../state/loan-actions";
import { dueNow, runningLoan } from "../../state/loans";
import type { ListedMeeting } from "../../state/meetings";
import { codeWrong, IN_CASH, PayFields, paidBy } from "./PayFields";
import styles from "./step.module.css";

interface Props {
  meeting: ListedMeeting;
  loan: Loan;
  name: string;
  fines: readonly FineCharge[];
  onClose: () => void;
}

/** What is due as one tap, all of it as another; and what the payment does to the loan. */
export function RepayDialog({ meeting, loan, name, fines, onClose }: Props) {
  const due = dueNow(loan, fines, meeting.date);
  const [text, setText] = useState(due.now > 0 ? toDecimal(due.now) : "");
  const [way, setWay] = useState(IN_CASH);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = parseMoney(text);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!amount || codeWrong(way) || busy) return;
    setBusy(true);
    const paid = { ...paidBy(way), date: meeting.date, meetingId: meeting.id };
    await recordRepayment(loan, amount, paid);
    toast(t("loanStep.recorded", { amount: formatMoney(amount) }));
    onClose();
  };
  return (
    <Dialog title={t("loanStep.repay", { name })} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <div className={styles.actions}>
          {due.now > 0 && (
            <Button onClick={() => setText(toDecimal(due.now))}>
              {t("loanStep.payDue", { amount: formatMoney(due.now) })}
            </Button>
          )}
          <Button onClick={() => setText(toDecimal(due.settles))} data-testid="settle">
            {t("loanStep.settle", { amount: formatMoney(due.settles) })}
          </Button>
        </div>
        <TextField
          label={t("loanStep.amount")}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={tried && !amount ? t("edit.amountWrong") : null}
          data-testid="repay-amount"
        />
        <PayFields way={way} onChange={setWay} tried={tried} />
        {amount ? <Preview loan={loan} fines={fines} amount={amount} date={meeting.date} /> : null}
        <Button look="primary" wide type="submit" disabled={busy} data-testid="repay-save">
          {t("loanStep.record")}
        </Button>
      </form>
    </Dialog>
  );
}

function Preview({
  loan,
  fines,
  amount,
  date,
}: {
  loan: Loan;
  fines: readonly FineCharge[];
  amount: Cents;
  date: string;
}) {
  const paid = allocate(runningLoan(loan, fines), amount, date);
  const left = sumCents(
    unsettled(paid.loan.instalments).map((row) => row.principal - row.paidPrincipal),
  );
  const rows = [
    [t("loanStep.fines"), paid.fines],
    [t("loanStep.interest"), paid.interest],
    [t("loanStep.principal"), paid.principal],
    [t("loanStep.savings"), paid.savings],
  ] as const;
  return (
    <section>
      <h3 className={styles.soft}>{t("loanStep.willPay")}</h3>
      <dl className={styles.amounts}>
        {rows
          .filter(([, value]) => value > 0)
          .map(([word, value]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{formatMoney(value)}</dd>
            </div>
          ))}
        <div className={styles.total}>
          <dt>{t("loanStep.left")}</dt>
          <dd>{formatMoney(left)}</dd>
        </div>
      </dl>
      {paid.completed && <p>{t("loanStep.finished")}</p>}
    </section>
  );
}
