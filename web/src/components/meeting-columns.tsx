/** A list of meetings: of one group, or of several, which are then named. */
import type { MeetingRow } from "../api/meetings";
import { t } from "../i18n";
import { dateText } from "../lib/dates";
import type { Column } from "./DataTable";
import { MeetingState } from "./MeetingState";
import { Money } from "./Money";
import { RowCard } from "./RowCard";

export function meetingColumns(named: boolean): Column<MeetingRow>[] {
  const group: Column<MeetingRow> = {
    key: "group",
    header: t("picker.group"),
    width: "minmax(0, 1.6fr)",
    render: ({ group: { name } }) => name,
  };
  return [
    {
      key: "date",
      header: t("common.date"),
      width: "minmax(176px, 1fr)",
      render: ({ meetingDate }) => dateText(meetingDate),
    },
    ...(named ? [group] : []),
    {
      key: "venue",
      header: t("newGroup.venue"),
      width: "minmax(0, 1.6fr)",
      hide: named ? "medium" : "narrow",
      render: ({ venue }) => venue,
    },
    {
      key: "status",
      header: t("groups.status"),
      width: "172px",
      render: ({ status }) => <MeetingState status={status} />,
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
      width: "128px",
      align: "end",
      hide: "medium",
      render: ({ variance }) => variance && <Money value={variance} />,
    },
  ];
}

export function MeetingCard({ meeting, named }: { meeting: MeetingRow; named: boolean }) {
  const day = dateText(meeting.meetingDate);
  return (
    <RowCard
      title={named ? meeting.group.name : day}
      amount={meeting.counted && <Money value={meeting.counted} />}
      detail={named ? day : meeting.venue}
      state={<MeetingState status={meeting.status} />}
    />
  );
}
