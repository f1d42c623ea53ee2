/** A member takes savings out: how much can go, by which rule, and why. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes, formatMoney } from "@tablebanking/common/money";
import { withdrawalFailure } from "@tablebanking/common/withdrawal";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { CashWarning } from "../../components/CashWarning";
import { TextField } from "../../components/Field";
import { Screen } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { say } from "../../i18n/say";
import { toFirstProblem } from "../../lib/first-problem";
import { navigate } from "../../lib/router";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import type { Movement } from "../../records/movements";
import { savingsOf } from "../../state/balances";
import { type ListedMember, useData } from "../../state/data";
import { withdrawSavings } from "../../state/loan-actions";
import { owedOn } from "../../state/loans";
import { useRecords } from "../../state/records";
import { CopyAge } from "./CopyAge";
import styles from "./loans.module.css";
import { PayFields } from "./PayFields";
import { readAmount } from "./payment";
import { usePayment } from "./use-payment";
import { limitInWords, withdrawnIn } from "./withdrawal";

export function WithdrawScreen({ memberId }: { memberId: string }) {
  const member = useData((state) => state.members.get(memberId));
  const loans = useRecords("loans", memberId);
  const fines = useRecords("fineCharges", memberId);
  const movements = useRecords("movements", memberId);
  return (
    <Screen title={t("withdraw.title")} back={`/members/${memberId}`}>
      {!member && <p>{t("member.gone")}</p>}
      {member && loans && fines && movements && (
        <WithdrawForm member={member} loans={loans} fines={fines} movements={movements} />
      )}
    </Screen>
  );
}

interface Props {
  member: ListedMember;
  loans: readonly Loan[];
  fines: readonly FineCharge[];
  movements: readonly Movement[];
}

function useFacts({ member, loans, fines, movements }: Props) {
  const { operations, copiedAt } = useData();
  const today = todayInNairobi();
  return {
    savings: savingsOf(member, operations, copiedAt.get(member.id) ?? 0).regular.total,
    owed: owedOn(loans, fines, today),
    withdrawn: withdrawnIn(movements, today),
  };
}

function WithdrawForm(props: Props) {
  const { member } = props;
  const facts = useFacts(props);
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const payment = usePayment(member.groupId, null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = readAmount(text);
  const { most, lines } = limitInWords(facts);
  const broken = amount ? withdrawalFailure(facts, amount) : null;
  const { paid, ready } = payment;
  const said = reason.trim().replace(/\s+/g, " ");
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy) return;
    if (!amount || broken || !paid || said.length < 3) {
      toFirstProblem(event.currentTarget as HTMLElement);
      return;
    }
    setBusy(true);
    await withdrawSavings(member, amount, said, paid);
    toast(t("withdraw.saved", { amount: formatKes(amount), name: member.memberName }));
    navigate(`/members/${member.id}`, { replace: true });
  };
  const wrong = broken
    ? `${t(`why.${broken.code}`)} ${t("withdraw.atMost", { amount: formatKes(most) })}`
    : (tried || text) && !amount
      ? t("edit.amountWrong")
      : null;
  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <div data-testid="withdraw-limit">
        <p className={styles.strong}>{member.memberName}</p>
        <p className={styles.soft}>{t("withdraw.most")} (KES)</p>
        <p className={styles.big}>{formatMoney(most)}</p>
        <p>{t("apply.savings", { amount: formatKes(facts.savings) })}</p>
        {lines.map((line) => (
          <p key={line.key} className={styles.soft}>
            {say(line)}
          </p>
        ))}
        <CopyAge />
      </div>
      <TextField
        label={`${t("receipt.amount")} (KES)`}
        className={styles.amountInput ?? ""}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={wrong}
      />
      <TextField
        label={t("withdraw.reason")}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
        error={tried && said.length < 3 ? t("remove.reasonMissing") : null}
      />
      <PayFields payment={payment} />
      <CashWarning groupId={member.groupId} method={payment.values.method} amount={amount ?? 0} />
      <Button
        look="primary"
        wide
        type="submit"
        disabled={busy || !ready}
        data-testid="withdraw-save"
      >
        {t("withdraw.save")}
      </Button>
    </form>
  );
}
