/** A loan that is being paid back, as the meeting asks for it: what is due today, or that nothing is. */
import { formatDay } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import { useData } from "../../state/data";
import { type Due, dueNow } from "../../state/loans";
import { entriesOf, type ListedMeeting } from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import type { Listed } from "../../state/waiting";
import styles from "./step.module.css";

interface Props {
  name: string;
  loan: Listed<Loan>;
  fines: readonly FineCharge[];
  meeting: ListedMeeting;
  onOpen: () => void;
}

export function RunningRow({ name, loan, fines, meeting, onOpen }: Props) {
  const operations = useData((state) => state.operations);
  const due = dueNow(loan, fines, meeting.date);
  const paid = entriesOf(operations, meeting.id).filter(
    ({ operation: { body } }) => body.type === "recordRepayment" && body.input.loanId === loan.id,
  );
  const sum = paid.reduce((total, { line }) => total + line.amount, 0);
  return (
    <li>
      <button
        type="button"
        className={`${styles.row} ${styles.rowButton}`}
        onClick={onOpen}
        data-testid="running-loan"
      >
        <span className={styles.main}>
          <span className={styles.name}>{name}</span>
          {sum > 0 && (
            <span className={styles.soft}>
              {t("loanStep.paidHere", { amount: formatMoney(sum) })}
            </span>
          )}
          <Next due={due} />
          {loan.pending && <StateBadge status={loan.pending.status} />}
        </span>
        {due.now > 0 && (
          <span className={styles.amount}>
            {formatMoney(due.now)}
            <span className={styles.soft}>{t("loanStep.dueNow")}</span>
          </span>
        )}
      </button>
    </li>
  );
}

function Next({ due }: { due: Due }) {
  const language = usePrefs((state) => state.language);
  if (due.now > 0) {
    return due.daysOverdue > 0 ? (
      <span className={styles.late}>{t("loanStep.late", { count: due.daysOverdue })}</span>
    ) : null;
  }
  return (
    <>
      <span>{t("loanStep.nothingDue")}</span>
      {due.nextDue && (
        <span className={styles.soft}>
          {t("loanStep.nextDue", {
            amount: formatMoney(due.nextAmount),
            date: formatDay(due.nextDue, language),
          })}
        </span>
      )}
    </>
  );
}
