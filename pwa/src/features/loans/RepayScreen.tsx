/** Money back: what is due in one tap, and where each shilling goes before it is saved. */
import { allocate } from "@tablebanking/common/allocation";
import { type Cents, formatKes, toDecimal } from "@tablebanking/common/money";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Details } from "../../components/Details";
import { TextField } from "../../components/Field";
import { Screen, Section } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { toFirstProblem } from "../../lib/first-problem";
import { navigate } from "../../lib/router";
import { recordRepayment } from "../../state/loan-actions";
import { runningLoan } from "../../state/loans";
import { useView } from "../../state/view";
import { CopyAge } from "./CopyAge";
import styles from "./loans.module.css";
import { PayFields } from "./PayFields";
import { readAmount } from "./payment";
import { splitRows } from "./Repayments";
import { type ShownLoan, useLoan } from "./use-loan";
import { usePayment } from "./use-payment";

export function RepayScreen({ id }: { id: string }) {
  const shown = useLoan(id);
  const groupId = shown?.loan.groupId;
  useEffect(() => {
    if (groupId) useView.setState({ groupId });
  }, [groupId]);
  return (
    <Screen title={t("repay.title")} back={`/loans/${id}`}>
      {shown === undefined && <p>{t("loan.gone")}</p>}
      {shown && shown.step !== "repay" && (
        <>
          <p>
            {t(`loan.status.${shown.loan.status}`)}. {t("repay.closed")}
          </p>
          <Button wide onClick={() => navigate(`/loans/${id}`, { replace: true })}>
            {t("repay.toLoan")}
          </Button>
        </>
      )}
      {shown?.step === "repay" && <RepayForm shown={shown} />}
    </Screen>
  );
}

function RepayForm({ shown }: { shown: ShownLoan }) {
  const { loan, member, due } = shown;
  const [text, setText] = useState("");
  const payment = usePayment(loan.groupId, loan.disbursedOn);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = readAmount(text);
  const { paid, ready } = payment;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy) return;
    if (!amount || !paid) {
      toFirstProblem(event.currentTarget as HTMLElement);
      return;
    }
    setBusy(true);
    await recordRepayment(loan, amount, paid);
    toast(t("repay.saved", { amount: formatKes(amount) }));
    navigate(`/loans/${loan.id}`, { replace: true });
  };
  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <p className={styles.strong}>{member?.memberName}</p>
      <div className={styles.pair}>
        {due.now > 0 ? (
          <Usual label={t("repay.dueNow")} amount={due.now} onPick={setText} />
        ) : (
          <Usual label={t("repay.next")} amount={due.nextAmount} onPick={setText} />
        )}
        <Usual label={t("repay.settle")} amount={due.settles} onPick={setText} />
      </div>
      <TextField
        label={`${t("receipt.amount")} (KES)`}
        className={styles.amountInput ?? ""}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={(tried || text) && !amount ? t("edit.amountWrong") : null}
      />
      {amount && paid && <Split shown={shown} amount={amount} date={paid.date} />}
      <PayFields payment={payment} />
      <CopyAge />
      <Button look="primary" wide type="submit" disabled={busy || !ready} data-testid="repay-save">
        {amount ? t("repay.save", { amount: formatKes(amount) }) : t("repay.saveNothing")}
      </Button>
    </form>
  );
}

function Usual({
  label,
  amount,
  onPick,
}: {
  label: string;
  amount: Cents;
  onPick: (text: string) => void;
}) {
  if (amount <= 0) return null;
  return (
    <Button className={styles.usual ?? ""} onClick={() => onPick(toDecimal(amount))}>
      <span>
        {label}
        <span className={styles.onButton}> {formatKes(amount)}</span>
      </span>
    </Button>
  );
}

/** As the office will divide it: fines, interest, principal, and what is over. */
function Split({ shown, amount, date }: { shown: ShownLoan; amount: Cents; date: string }) {
  const found = allocate(runningLoan(shown.loan, shown.fines), amount, date);
  return (
    <Section title={t("repay.split")}>
      <div data-testid="repay-split">
        {found.recovered > 0 ? <p>{t("repay.recovered")}</p> : <Details rows={splitRows(found)} />}
        {found.completed && <p className={styles.good}>{t("repay.completes")}</p>}
      </div>
    </Section>
  );
}
