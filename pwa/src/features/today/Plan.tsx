/** What waits for the officer, and the groups with what is due at their next meetings. */
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import { useAgenda } from "../../state/agenda";
import { Agenda } from "./Agenda";
import { TodayGroups } from "./TodayGroups";

export function Plan() {
  const agenda = useAgenda();
  return (
    <>
      {agenda && <Agenda agenda={agenda} />}
      <Section title={t("today.groups")}>
        <TodayGroups due={agenda?.due ?? null} />
      </Section>
    </>
  );
}
