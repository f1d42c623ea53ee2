import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import type { ListedMeeting } from "../../state/meetings";
import styles from "./step.module.css";
import { pathOf, STEPS, type Step, stepWord } from "./steps";

/** Where one is among the steps; a touch goes to any of them. */
export function Stepper({ meeting, step }: { meeting: ListedMeeting; step: Step }) {
  const at = STEPS.indexOf(step);
  const open = meeting.status === "OPEN";
  return (
    <nav aria-label={t("step.label")}>
      <ol className={styles.steps}>
        {STEPS.map((one, i) => {
          const label = t("step.of", {
            number: i + 1,
            count: STEPS.length,
            name: t(stepWord(one)),
          });
          const reachable = open ? one !== "minutes" : one === "minutes";
          const passed = i < at;
          const mark = passed ? <Icon name="done" size={16} /> : i + 1;
          const look = `${styles.mark} ${i === at ? styles.current : passed ? styles.passed : ""}`;
          return (
            <li key={one}>
              {reachable ? (
                <a
                  href={`#${pathOf(meeting.id, one)}`}
                  className={styles.step}
                  aria-label={label}
                  aria-current={i === at ? "step" : undefined}
                  data-testid={`step-${one}`}
                >
                  <span className={look}>{mark}</span>
                </a>
              ) : (
                <span className={styles.step}>
                  <span className={look} aria-hidden="true">
                    {mark}
                  </span>
                  <span className={styles.spoken}>{label}</span>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
