import { formatMoment } from "@tablebanking/common/dates";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import type { Loan } from "../../records/loans";
import { namesOfRoles } from "../../state/needs";
import { usePrefs } from "../../state/prefs";
import styles from "./loans.module.css";

/** Who has approved it, and who is missing. */
export function Approvals({ loan }: { loan: Loan }) {
  const language = usePrefs((state) => state.language);
  if (loan.approvals.length === 0 && loan.approvalsMissing.length === 0) return null;
  return (
    <Section title={t("loan.approvals")}>
      <ul className={styles.approvals}>
        {loan.approvals.map(({ by, role, decidedAt, onOfficersDevice, notes }) => (
          <li key={by.id} data-testid="approval">
            <span className={styles.saved}>
              <Icon name="check" size={20} />
            </span>
            <span>
              <span className={styles.strong}>{by.name}</span> · {t(`role.${role}`)}
              <span className={styles.block}>
                {formatMoment(decidedAt, language)}
                {onOfficersDevice && ` · ${t("loan.signedHere")}`}
              </span>
              {notes && <span className={styles.block}>{notes}</span>}
            </span>
          </li>
        ))}
        {loan.status === "PENDING" && loan.approvalsMissing.length > 0 && (
          <li data-testid="approvals-missing">
            <span className={styles.waiting}>
              <Icon name="clock" size={20} />
            </span>
            <span>{t("loan.missing", { who: namesOfRoles(loan.approvalsMissing) })}</span>
          </li>
        )}
      </ul>
    </Section>
  );
}
