/** What waits for the officer, and the groups with what is due at their next meetings. */
import { useMemo } from "react";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import { useAgenda } from "../../state/agenda";
import { useMeetings } from "../../state/meetings";
import { Agenda } from "./Agenda";
import { TodayGroups } from "./TodayGroups";

export function Plan() {
  const agenda = useAgenda();
  const meetings = useMeetings(null);
  const meetingNow = useMemo(
    () =>
      new Set(
        meetings?.filter(({ status }) => status === "OPEN").map(({ groupId }) => groupId) ?? [],
      ),
    [meetings],
  );
  return (
    <>
      {agenda && <Agenda agenda={agenda} />}
      <Section title={t("today.groups")}>
        <TodayGroups due={agenda?.due ?? null} meetingNow={meetingNow} />
      </Section>
    </>
  );
}
