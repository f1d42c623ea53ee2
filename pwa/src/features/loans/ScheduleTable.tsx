import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { Icon, type IconName } from "../../components/Icon";
import { type Key, t } from "../../i18n";
import type { Loan } from "../../records/loans";
import { type InstalmentState, stateOfInstalment } from "../../state/loan-steps";
import { usePrefs } from "../../state/prefs";
import { shortDate } from "./dates";
import styles from "./loans.module.css";

const MARKS: Record<InstalmentState, { icon: IconName; word: Key; tone: string } | null> = {
  paid: { icon: "check", word: "loan.row.paid", tone: "saved" },
  part: { icon: "clock", word: "loan.row.part", tone: "waiting" },
  late: { icon: "alert", word: "loan.row.late", tone: "wrong" },
  today: { icon: "clock", word: "loan.row.today", tone: "waiting" },
  coming: null,
};

/** Instalment by instalment; of a running loan with what is paid, due and late. */
export function ScheduleTable({
  schedule,
  running,
}: {
  schedule: Loan["schedule"];
  running: boolean;
}) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("loan.due")}</th>
          <th scope="col">{t("loan.principal")}</th>
          <th scope="col">{t("loan.interest")}</th>
          <th scope="col">{t("loan.instalment")}</th>
        </tr>
      </thead>
      <tbody>
        {schedule.map((row) => (
          <Row key={row.number} row={row} running={running} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, running }: { row: Loan["schedule"][number]; running: boolean }) {
  const language = usePrefs((state) => state.language);
  const { state, left } = stateOfInstalment(row, todayInNairobi());
  const mark = running ? MARKS[state] : null;
  const total = row.principal + row.interest;
  return (
    <tr data-state={running ? state : undefined}>
      <th scope="row">
        {shortDate(row.dueDate, language)}
        {mark && (
          <span className={`${styles.mark} ${styles[mark.tone]}`}>
            <Icon name={mark.icon} size={14} />
            {t(mark.word, { amount: formatMoney(left) })}
          </span>
        )}
      </th>
      <td>{formatMoney(row.principal)}</td>
      <td>{formatMoney(row.interest)}</td>
      <td className={styles.total}>{formatMoney(total)}</td>
    </tr>
  );
}
