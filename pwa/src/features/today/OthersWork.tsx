import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { useLeftByOthers } from "../../state/others";
import type { Left } from "../../sync/everyone";
import styles from "./today.module.css";

/** A shared phone: what somebody else has left on it, and who must do what about it. */
export function OthersWork() {
  return useLeftByOthers().map((left) => (
    <p key={left.userId} className={styles.others} data-testid="others-work">
      <Icon name={mustCome(left) ? "alert" : "clock"} size={20} />
      <span>{wordsFor(left)}</span>
    </p>
  ));
}

const mustCome = ({ goesUp, needs }: Left) => !goesUp || needs > 0;

function wordsFor(left: Left): string {
  const { name, count, needs } = left;
  if (!left.goesUp) return t("others.signIn", { name, count });
  return needs > 0
    ? t("others.needs", { name, count: needs })
    : t("others.goesUp", { name, count });
}
