/** Which of several running loans is paid: each with what is due on it. */
import { formatDay } from "@tablebanking/common/dates";
import { formatMoney, toDecimal } from "@tablebanking/common/money";
import { t } from "../../i18n";
import type { ListedMember } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import { BLANK, cellKey } from "./sheet";
import styles from "./sheet.module.css";
import type { RunningLoan } from "./use-owed";
import type { Sheet } from "./use-sheet";

export function LoanChoice({ member, sheet }: { member: ListedMember; sheet: Sheet }) {
  const language = usePrefs((state) => state.language);
  const all = sheet.loansOf.get(member.id) ?? [];
  const chosen = sheet.loanOf.get(member.id);
  if (!chosen) return null;
  const choose = (next: RunningLoan) => {
    const key = cellKey(member.id, "REPAYMENT");
    const { text } = sheet.draft[key] ?? BLANK;
    // What was due on the other loan is not what is due on this one.
    const usual = text === toDecimal(chosen.due.now);
    const due = next.due.now > 0 ? toDecimal(next.due.now) : "";
    sheet.setCell(key, { loanId: next.loan.id, ...(usual ? { text: due } : {}) });
  };
  return (
    <fieldset
      className={styles.loans}
      aria-label={t("collect.whichLoan", { name: member.memberName })}
      data-testid="loan-choice"
    >
      {all.map((one) => (
        <label key={one.loan.id} className={styles.loan}>
          <input
            type="radio"
            name={`loan-${member.id}`}
            checked={one === chosen}
            onChange={() => choose(one)}
          />
          <span>
            {t("collect.loanOf", {
              amount: formatMoney(one.loan.loanAmount),
              date: formatDay(one.loan.disbursedOn ?? one.loan.applicationDate, language),
            })}
            <span className={one.due.daysOverdue > 0 ? styles.late : styles.soft}>
              {dueInWords(one)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function dueInWords({ due }: RunningLoan): string {
  if (due.now === 0) return t("loanStep.nothingDue");
  const amount = formatMoney(due.now);
  return due.daysOverdue > 0
    ? t("collect.dueLate", { amount, count: due.daysOverdue })
    : t("collect.due", { amount });
}
