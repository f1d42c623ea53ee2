/** What goes on right now, and why it does not go on. */
import { t } from "../../i18n";
import { useData } from "../../state/data";
import { isUnsent } from "../../sync/outbox";
import styles from "./outbox.module.css";

export function Progress() {
  const { phase, done, total, problem } = useData((state) => state.progress);
  const unsent = useData((state) => state.operations).some(isUnsent);
  if (phase === "push" && total > 0) {
    const text = t("sync.pushing", { done, total });
    return (
      <div className={styles.progress}>
        <progress max={total} value={done} aria-label={text} />
        <p>{text}</p>
      </div>
    );
  }
  if (problem === null || !(unsent || problem === "storage")) return null;
  return (
    <div className={styles.progress} role="status">
      <p>{t(`outbox.problem.${problem}`)}</p>
    </div>
  );
}
