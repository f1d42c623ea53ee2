import { formatMoney, parseMoney, toDecimal } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { t } from "../../i18n";
import { type ListedMeeting, useCash } from "../../state/meetings";
import { StepFrame } from "./StepFrame";
import styles from "./step.module.css";
import { useCloseDraft } from "./use-step";

/** How much of the cash goes to the bank; it is booked with the close. */
export function BankStep({ meeting }: { meeting: ListedMeeting }) {
  const cash = useCash(meeting.groupId);
  const draft = useCloseDraft(meeting.id);
  const { banked: text } = draft.value;
  const banked = readBanked(text);
  const set = (banked: string) => draft.set((old) => ({ ...old, banked }));
  return (
    <StepFrame meeting={meeting} step="bank">
      <p className={styles.soft}>{t("bank.hint")}</p>
      <TextField
        label={t("bank.amount")}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => set(event.target.value)}
        error={bankProblem(banked, cash)}
        data-testid="banked"
      />
      {cash > 0 && <Button onClick={() => set(toDecimal(cash))}>{t("bank.all")}</Button>}
      <dl className={styles.amounts}>
        <div>
          <dt>{t("step.onTable")}</dt>
          <dd>{formatMoney(cash)}</dd>
        </div>
        <div className={styles.total}>
          <dt>{t("bank.stays")}</dt>
          <dd data-testid="stays">{formatMoney(cash - (banked ?? 0))}</dd>
        </div>
      </dl>
    </StepFrame>
  );
}

/** Nothing typed is nothing banked; null for what is no amount. */
export const readBanked = (text: string) => (text.trim() === "" ? 0 : parseMoney(text));

export function bankProblem(banked: number | null, cash: number): string | null {
  if (banked === null) return t("start.amountWrong");
  return banked > 0 && banked > cash ? t("bank.tooMuch") : null;
}
