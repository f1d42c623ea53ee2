import { useEffect } from "react";
import { GroupList } from "../../components/GroupList";
import { Screen, Section } from "../../components/Screen";
import { t } from "../../i18n";
import { useMeetings } from "../../state/meetings";
import { useView } from "../../state/view";
import { OpenCard } from "./OpenCard";

/** What is on now, and the groups that may meet. */
export function MeetingScreen() {
  const meetings = useMeetings(null);
  useEffect(() => useView.setState({ groupId: null }), []);
  return (
    <Screen title={t("meeting.title")}>
      {meetings
        ?.filter(({ status }) => status === "OPEN")
        .map((meeting) => (
          <OpenCard key={meeting.id} meeting={meeting} />
        ))}
      <Section title={t("meeting.pick")}>
        <GroupList empty={t("meeting.empty")} />
      </Section>
    </Screen>
  );
}
