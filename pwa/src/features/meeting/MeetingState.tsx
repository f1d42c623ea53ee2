import { Icon } from "../../components/Icon";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { ListedMeeting } from "../../state/meetings";
import styles from "./meetings.module.css";

/** Open, closed, confirmed; and whether the office has it. */
export function MeetingState({ meeting }: { meeting: ListedMeeting }) {
  const confirmed = meeting.status === "CONFIRMED";
  return (
    <span className={styles.state}>
      <span className={confirmed ? styles.confirmed : styles.status}>
        <Icon
          name={confirmed ? "check" : meeting.status === "OPEN" ? "meeting" : "clock"}
          size={16}
        />
        {t(`meeting.${meeting.status}`)}
      </span>
      <StateBadge status={meeting.pending?.status ?? "saved"} />
    </span>
  );
}
