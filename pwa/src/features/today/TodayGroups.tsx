/** The officer's groups, the next meeting first. */
import { formatDay, type IsoDate, nextWeekday, todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useMemo } from "react";
import { Icon } from "../../components/Icon";
import list from "../../components/List.module.css";
import { t } from "../../i18n";
import type { MeetingDue } from "../../state/agenda";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import styles from "./today.module.css";

/** `due` comes a moment later: it reckons with all loans. */
interface Props {
  due: ReadonlyMap<string, MeetingDue> | null;
  /** Groups with an open meeting: they come first. */
  meetingNow: ReadonlySet<string>;
}

export function TodayGroups({ due, meetingNow }: Props) {
  const groups = useData((state) => state.groups);
  const members = useData((state) => state.members);
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
        now: meetingNow.has(group.id),
      }))
      .sort(
        (a, b) => Number(b.now) - Number(a.now) || (a.next ?? "9").localeCompare(b.next ?? "9"),
      );
  }, [groups, members, today, meetingNow]);
  if (rows.length === 0) return <p className={list.empty}>{t("today.noGroups")}</p>;
  return (
    <ul className={list.list}>
      {rows.map(({ group, count, next, now }) => (
        <li key={group.id}>
          <a className={list.row} href={`#/meeting/${group.id}`}>
            <span className={list.main}>
              <span className={list.name}>{group.name}</span>
              <span className={now || next === today ? styles.now : list.soft}>
                {now ? t("today.meetsNow") : <When next={next} today={today} />}
              </span>
              <span className={list.soft}>{t("today.members", { count })}</span>
              <Due due={due?.get(group.id)} />
            </span>
            <Icon name="forward" size={20} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function When({ next, today }: { next: IsoDate | null; today: IsoDate }) {
  const language = usePrefs((state) => state.language);
  if (next === null) return null;
  if (next === today) return t("today.meetsToday");
  return t("today.meets", { date: formatDay(next, language) });
}

function Due({ due }: { due: MeetingDue | undefined }) {
  if (!due || due.loans === 0) return null;
  return (
    <span className={styles.due}>
      {t("today.due", { count: due.loans, amount: formatMoney(due.amount) })}
    </span>
  );
}
