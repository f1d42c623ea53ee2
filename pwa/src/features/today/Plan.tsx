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
  /** The open meeting of a group. */
  const openAt = useMemo(() => {
    const open = meetings?.filter(({ status }) => status === "OPEN") ?? [];
    return new Map(open.map(({ groupId, id }) => [groupId, id]));
  }, [meetings]);
  const meetingNow = useMemo(() => new Set(openAt.keys()), [openAt]);
  return (
    <>
      {agenda && <Agenda agenda={agenda} openAt={openAt} />}
      <Section title={t("today.groups")}>
        <TodayGroups due={agenda?.due ?? null} meetingNow={meetingNow} />
      </Section>
    </>
  );
}
