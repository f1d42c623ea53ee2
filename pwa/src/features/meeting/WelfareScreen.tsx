import { formatDay } from "@tablebanking/common/dates";
import { useEffect } from "react";
import { Icon } from "../../components/Icon";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import { useOpenMeeting } from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import { useView } from "../../state/view";
import styles from "./step.module.css";
import { WelfareSection } from "./WelfareSection";

/** Help does not wait for a meeting: asked for, decided and paid between two of them as well. */
export function WelfareScreen({ groupId }: { groupId: string }) {
  const meeting = useOpenMeeting(groupId);
  const language = usePrefs((state) => state.language);
  useEffect(() => useView.setState({ groupId }), [groupId]);
  return (
    <Screen title={t("welfare.title")} back={`/meeting/${groupId}`}>
      {meeting && (
        <p className={styles.note} data-testid="at-meeting">
          <Icon name="meeting" size={20} />
          <span>{t("pay.atMeeting", { date: formatDay(meeting.date, language) })}</span>
        </p>
      )}
      {meeting !== undefined && (
        <WelfareSection groupId={groupId} meeting={meeting} title={t("welfare.requests")} />
      )}
    </Screen>
  );
}
