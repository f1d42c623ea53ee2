import { formatKes, toDecimal } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { say } from "../../i18n/say";
import type { Reason } from "./eligibility";
import styles from "./loans.module.css";

/** Every reason at once, each with what to do about it. */
export function ReasonList({
  reasons,
  onAmount,
}: {
  reasons: readonly Reason[];
  onAmount: (amount: string) => void;
}) {
  return (
    <section
      className={styles.reasons}
      aria-label={t("apply.notYet")}
      tabIndex={-1}
      data-problem=""
      data-testid="reasons"
    >
      <h2 className={styles.wrong}>
        <Icon name="alert" size={20} /> {t("apply.notYet")}
      </h2>
      <ul>
        {reasons.map(({ code, text, todo, link, amount }) => (
          <li key={code} data-code={code}>
            <p className={styles.strong}>{say(text)}</p>
            <p className={styles.soft}>{say(todo)}</p>
            {link && (
              <a className={styles.link} href={`#${link.path}`}>
                {say(link.label)}
              </a>
            )}
            {amount !== undefined && (
              <Button onClick={() => onAmount(toDecimal(amount))}>
                {t("apply.useLimit", { amount: formatKes(amount) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
