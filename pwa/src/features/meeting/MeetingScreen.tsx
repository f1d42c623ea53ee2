import { useEffect } from "react";
import { GroupList } from "../../components/GroupList";
import { Screen, Section } from "../../components/Screen";
import { t } from "../../i18n";
import { useView } from "../../state/view";

export function MeetingScreen() {
  useEffect(() => useView.setState({ groupId: null }), []);
  return (
    <Screen title={t("meeting.title")}>
      <Section title={t("meeting.pick")}>
        <GroupList empty={t("meeting.empty")} />
      </Section>
    </Screen>
  );
}
