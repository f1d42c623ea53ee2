import { formatMoment } from "@tablebanking/common/dates";
import { t } from "../../i18n";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import styles from "./loans.module.css";

/** An older copy may lack savings and terms that the office has by now. */
const FRESH_MS = 3_600_000;

export function CopyAge() {
  const language = usePrefs((state) => state.language);
  const at = useData((state) => state.lastPullAt);
  if (at !== null && Date.now() - at < FRESH_MS) return null;
  const time = at === null ? t("loan.copyNever") : formatMoment(at, language);
  return (
    <p className={styles.soft} data-testid="copy-age">
      {t("loan.copyAge", { time })}
    </p>
  );
}
