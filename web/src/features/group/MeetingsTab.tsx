import { useMemo } from "react";
import type { Column } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { PagedTable } from "../../components/PagedTable";
import { QueryStates } from "../../components/QueryStates";
import { RowCard } from "../../components/RowCard";
import { Empty } from "../../components/States";
import { StatusBadge, type Tone } from "../../components/StatusBadge";
import type { MeetingStatus } from "../../gen/graphql";
import { t } from "../../i18n";
import { dateText } from "../../lib/dates";
import { useOpened } from "../../lib/use-filters";
import { type MeetingRow, useGroupMeetingsInfiniteQuery } from "./group-parts-api";
import { MeetingPanel } from "./MeetingPanel";
import classes from "./tabs.module.css";

const TONES: Record<MeetingStatus, Tone> = { OPEN: "waiting", CLOSED: "office", CONFIRMED: "good" };

export default function MeetingsTab({ groupId }: { groupId: string }) {
  const query = useGroupMeetingsInfiniteQuery(groupId);
  const [opened, open] = useOpened("meeting");
  const columns = useMemo(meetingColumns, []);
  return (
    <div className={classes.split}>
      <div className={classes.list}>
        <QueryStates query={query}>
          {() => (
            <PagedTable
              label={t("group.meetings")}
              testId="meetings-table"
              columns={columns}
              query={query}
              rowTestId="meeting-row"
              selectedKey={opened}
              onOpen={open}
              card={(meeting) => (
                <RowCard
                  title={dateText(meeting.meetingDate)}
                  amount={meeting.counted && <Money value={meeting.counted} />}
                  detail={meeting.venue}
                  state={<State status={meeting.status} />}
                />
              )}
              empty={<Empty title={t("meetings.empty")} hint={t("meetings.emptyHint")} />}
            />
          )}
        </QueryStates>
      </div>
      {opened && <MeetingPanel key={opened} meetingId={opened} onClose={() => open(null)} />}
    </div>
  );
}

function State({ status }: { status: MeetingStatus }) {
  return <StatusBadge tone={TONES[status]} text={t(`meetingStatus.${status}`)} />;
}

function meetingColumns(): Column<MeetingRow>[] {
  return [
    {
      key: "date",
      header: t("common.date"),
      width: "minmax(130px, 1fr)",
      render: ({ meetingDate }) => dateText(meetingDate),
    },
    {
      key: "venue",
      header: t("newGroup.venue"),
      width: "minmax(0, 1.6fr)",
      hide: "narrow",
      render: ({ venue }) => venue,
    },
    {
      key: "status",
      header: t("groups.status"),
      width: "172px",
      render: ({ status }) => <State status={status} />,
    },
    {
      key: "counted",
      header: t("meetings.counted"),
      width: "130px",
      align: "end",
      hide: "narrow",
      render: ({ counted }) => counted && <Money value={counted} />,
    },
    {
      key: "variance",
      header: t("meetings.variance"),
      width: "110px",
      align: "end",
      hide: "medium",
      render: ({ variance }) => variance && <Money value={variance} />,
    },
  ];
}
