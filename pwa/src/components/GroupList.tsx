/** The officer's groups, the next meeting first. */
import { formatDay, type IsoDate, nextWeekday, todayInNairobi } from "@tablebanking/common/dates";
import { useMemo } from "react";
import { t } from "../i18n";
import { useData } from "../state/data";
import { usePrefs } from "../state/prefs";
import { Icon } from "./Icon";
import list from "./List.module.css";

export function GroupList({ empty }: { empty: string }) {
  const groups = useData((state) => state.groups);
  const members = useData((state) => state.members);
  const language = usePrefs((state) => state.language);
  const today = todayInNairobi();
  const rows = useMemo(() => {
    const counts = new Map<string, number>();
    for (const member of members.values()) {
      if (member.isActive) counts.set(member.groupId, (counts.get(member.groupId) ?? 0) + 1);
    }
    return [...groups.values()]
      .map((group) => ({
        group,
        count: counts.get(group.id) ?? 0,
        next: nextWeekday(group.meetingDay, today),
      }))
      .sort((a, b) => (a.next ?? "9").localeCompare(b.next ?? "9"));
  }, [groups, members, today]);
  if (rows.length === 0) return <p className={list.empty}>{empty}</p>;
  return (
    <ul className={list.list}>
      {rows.map(({ group, count, next }) => (
        <li key={group.id}>
          <a className={list.row} href={`#/meeting/${group.id}`}>
            <span className={list.main}>
              <span className={list.name}>{group.name}</span>
              <span className={list.soft}>
                {next && `${meeting(next, today, language)} · `}
                {t("today.members", { count })}
              </span>
            </span>
            <Icon name="forward" size={20} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function meeting(next: IsoDate, today: IsoDate, language: string): string {
  if (next === today) return t("today.meetsToday");
  return t("today.meets", { date: formatDay(next, language) });
}
