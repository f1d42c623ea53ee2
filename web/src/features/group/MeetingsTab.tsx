import { useMemo } from "react";
import { useMeetingsInfiniteQuery } from "../../api/meetings";
import { MeetingPanel } from "../../components/MeetingPanel";
import { MeetingCard, meetingColumns } from "../../components/meeting-columns";
import { PagedTable } from "../../components/PagedTable";
import { QueryStates } from "../../components/QueryStates";
import { Empty } from "../../components/States";
import { t } from "../../i18n";
import { useOpened } from "../../lib/use-filters";
import classes from "./tabs.module.css";

export default function MeetingsTab({ groupId }: { groupId: string }) {
  const query = useMeetingsInfiniteQuery({ groupIds: [groupId] });
  const [opened, open] = useOpened("meeting");
  const columns = useMemo(() => meetingColumns(false), []);
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
              card={(meeting) => <MeetingCard meeting={meeting} named={false} />}
              empty={<Empty title={t("meetings.empty")} hint={t("meetings.emptyHint")} />}
            />
          )}
        </QueryStates>
      </div>
      {opened && <MeetingPanel key={opened} meetingId={opened} onClose={() => open(null)} />}
    </div>
  );
}
