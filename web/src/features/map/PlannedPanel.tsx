/** The day's meetings of all officers beside the map; one leads to the officer who was to be there. */
import { Button } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { Link } from "react-router";
import { nodes } from "../../api/groups";
import { type DayMeeting, useDayMeetingsInfiniteQuery } from "../../api/meetings";
import { PlannedBadge, plannedState } from "../../components/MeetingState";
import { SidePanel } from "../../components/SidePanel";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import { timeText } from "../../lib/dates";
import { DayPicker } from "./DayPicker";
import classes from "./MapPage.module.css";

type Props = {
  day: string;
  onDay: (day: string) => void;
  group: string;
  county: string;
  onSelect: (officerId: string) => void;
  onClose: () => void;
};

const OFTEN = { pollingInterval: 60_000, skipPollingIfUnfocused: true };

export function PlannedPanel({ day, onDay, group, county, onSelect, onClose }: Props) {
  const asked = { date: day, groupIds: group ? [group] : null, county: county || null };
  const query = useDayMeetingsInfiniteQuery(asked, day === todayInNairobi() ? OFTEN : {});
  const { currentData: data } = query;
  const rows = nodes(data?.pages);
  return (
    <SidePanel title={t("map.dayMeetings")} onClose={onClose} testId="planned-panel" inPlace>
      <DayPicker day={day} onDay={onDay} />
      {data && query.isError && <StaleNotice retry={query.refetch} />}
      {!data && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!data && !query.isError && <LoadingRows />}
      {data && rows.length === 0 && <Empty title={t("meetings.noneThatDay")} />}
      <ul className={classes.plain}>
        {rows.map((row) => (
          <Row key={row.id} row={row} day={day} onSelect={onSelect} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("member.more")}
        </Button>
      )}
      <Link className={classes.link} to={`/meetings/planned?day=${day}`}>
        {t("map.asList")}
      </Link>
    </SidePanel>
  );
}

type RowProps = { row: DayMeeting; day: string; onSelect: (officerId: string) => void };

function Row({ row: { group, officers, meeting, visit }, day, onSelect }: RowProps) {
  return (
    <li className={classes.planned} data-testid="planned-of-all">
      <span>{group.name}</span>
      <PlannedBadge state={plannedState(meeting !== null, visit !== null, day)} />
      <span className={classes.plannedWho}>
        {officers.length === 0 && t("meetings.noOfficer")}
        {officers.map(({ id, user }) => (
          <button key={id} type="button" className={classes.link} onClick={() => onSelect(id)}>
            {user.name}
          </button>
        ))}
        {visit && (
          <span className={classes.soft}>
            {t("map.stopTime", { from: timeText(visit.from), to: timeText(visit.to) })}
          </span>
        )}
      </span>
    </li>
  );
}
