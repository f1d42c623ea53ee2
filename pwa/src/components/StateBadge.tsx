/** The states of look.md: icon, word and colour, always all three. */
import { type Key, t } from "../i18n";
import type { OperationStatus } from "../store/schema";
import { Icon, type IconName } from "./Icon";
import styles from "./StateBadge.module.css";

interface Look {
  icon: IconName;
  word: Key;
  tone: "waiting" | "saved" | "wrong" | "office" | "soft";
}

const NEEDS: Look = { icon: "alert", word: "state.needs", tone: "wrong" };
const LOOKS: Record<OperationStatus, Look> = {
  waiting: { icon: "clock", word: "state.waiting", tone: "waiting" },
  sending: { icon: "sync", word: "state.sending", tone: "waiting" },
  saved: { icon: "check", word: "state.saved", tone: "saved" },
  held: { icon: "office", word: "state.held", tone: "office" },
  conflict: NEEDS,
  rejected: NEEDS,
  failed: NEEDS,
  removed: { icon: "trash", word: "state.removed", tone: "soft" },
};

export const stateWord = (status: OperationStatus) => t(LOOKS[status].word);

export function StateBadge({
  status,
  quiet = false,
}: {
  status: OperationStatus;
  quiet?: boolean;
}) {
  const { icon, word, tone } = LOOKS[status];
  return (
    <span className={`${styles.badge} ${styles[tone]}`} data-state={status}>
      <Icon name={icon} size={16} />
      <span className={quiet ? styles.hidden : undefined}>{t(word)}</span>
    </span>
  );
}
