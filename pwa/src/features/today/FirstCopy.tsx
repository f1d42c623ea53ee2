import { t } from "../../i18n";
import { useData } from "../../state/data";
import styles from "./today.module.css";

export function FirstCopy({ members, expected }: { members: number; expected: number }) {
  const problem = useData((state) => state.progress.problem);
  const total = Math.max(expected, members);
  const text = t("copy.progress", { count: members, total });
  return (
    <section className={styles.copy} aria-label={t("copy.title")}>
      <h2>{t("copy.title")}</h2>
      <progress max={total || 1} value={total ? members : undefined} aria-label={text} />
      <p>{total > 0 ? text : t("sync.pulling")}</p>
      {problem === "offline" && <p>{t("copy.paused")}</p>}
    </section>
  );
}
