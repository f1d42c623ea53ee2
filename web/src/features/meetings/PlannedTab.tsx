/** What a day asks for, of all officers: which groups meet, who was there, and what was held. */
import { parseDate, todayInNairobi } from "@tablebanking/common/dates";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { nodes } from "../../api/groups";
import { type DayMeeting, dayPage, useDayMeetingsInfiniteQuery } from "../../api/meetings";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import type { Column } from "../../components/DataTable";
import { DayFilter } from "../../components/DayFilter";
import { MeetingPanel } from "../../components/MeetingPanel";
import { PlannedBadge, plannedState } from "../../components/MeetingState";
import { PagedList } from "../../components/PagedList";
import { RowCard } from "../../components/RowCard";
import { Empty } from "../../components/States";
import { DayMeetingsDocument, type DayMeetingsQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { dateText, timeText } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { oneOf, useFilters, useOpened } from "../../lib/use-filters";
import { WhoseFilters, whoseOf } from "./WhoseFilters";

const HELD = ["", "yes", "no"] as const;
const HELD_WORDS = {
  "": "meetings.heldAll",
  yes: "meetings.heldYes",
  no: "meetings.heldNo",
} as const;
const OFTEN = { pollingInterval: 60_000, skipPollingIfUnfocused: true, refetchOnFocus: true };

export function PlannedTab() {
  const navigate = useNavigate();
  const filters = useFilters({ day: "", group: "", county: "", officer: "", held: "" });
  const { values, set } = filters;
  const day = parseDate(values.day) ? values.day : todayInNairobi();
  const held = oneOf(values.held, HELD);
  const [opened, open] = useOpened("meeting");
  const asked = { date: day, ...whoseOf(values), held: held === "" ? null : held === "yes" };
  const query = useDayMeetingsInfiniteQuery(asked, day === todayInNairobi() ? OFTEN : {});
  const rows = nodes(query.currentData?.pages);
  const columns = useMemo(() => plannedColumns(day), [day]);
  const openRow = (id: string) => {
    const meeting = rows.find((row) => row.id === id)?.meeting;
    if (meeting) open(meeting.id);
    else navigate(`/groups/${id}`);
  };
  return (
    <PagedList
      title={t("meetings.plannedOn", { date: dateText(day) })}
      count={(count) => t("meetings.count", { count })}
      query={query}
      testId="planned"
      filters={
        <>
          <DayFilter
            label={t("map.day")}
            value={day}
            onChange={(next) => set({ day: next === todayInNairobi() ? "" : next })}
            testId="planned-day"
          />
          <Chips
            label={t("meetings.heldOrNot")}
            options={HELD.map((value) => ({ value, text: t(HELD_WORDS[value]) }))}
            value={held}
            onChange={(next) => set({ held: next })}
            testId="planned-held"
          />
          <WhoseFilters values={values} set={set} />
        </>
      }
      panel={opened && <MeetingPanel key={opened} meetingId={opened} onClose={() => open(null)} />}
      exported={{
        columns: exportColumns(day),
        source: pageSource(DayMeetingsDocument, asked, (answer: DayMeetingsQuery) =>
          dayPage(answer),
        ),
      }}
      columns={columns}
      rowTestId="planned-row"
      selectedKey={rows.find(({ meeting }) => meeting && meeting.id === opened)?.id}
      onOpen={openRow}
      card={(row) => (
        <RowCard
          title={row.group.name}
          detail={officersOf(row)}
          state={<PlannedBadge state={stateOf(row, day)} />}
        />
      )}
      empty={
        <Empty
          title={t("meetings.noneThatDay")}
          hint={filters.narrowed ? t("groups.noMatchHint") : undefined}
        />
      }
    />
  );
}

const stateOf = ({ meeting, visit }: DayMeeting, day: string) =>
  plannedState(meeting !== null, visit !== null, day);

const officersOf = ({ officers }: DayMeeting) =>
  officers.map(({ user }) => user.name).join(", ") || t("meetings.noOfficer");

function visitText({ visit }: DayMeeting): string {
  if (!visit) return "";
  const times = t("map.stopTime", { from: timeText(visit.from), to: timeText(visit.to) });
  return `${times}, ${visit.officer.user.name}`;
}

function plannedColumns(day: string): Column<DayMeeting>[] {
  return [
    {
      key: "group",
      header: t("picker.group"),
      width: "minmax(0, 1.4fr)",
      render: ({ group }) => group.name,
    },
    {
      key: "venue",
      header: t("newGroup.venue"),
      width: "minmax(0, 1.4fr)",
      hide: "medium",
      render: ({ group }) => group.meetingVenue,
    },
    {
      key: "officers",
      header: t("meetings.officers"),
      width: "minmax(0, 1.4fr)",
      hide: "narrow",
      render: officersOf,
    },
    {
      key: "state",
      header: t("groups.status"),
      width: "140px",
      render: (row) => <PlannedBadge state={stateOf(row, day)} />,
    },
    {
      key: "visit",
      header: t("meetings.visit"),
      width: "minmax(0, 1.6fr)",
      hide: "narrow",
      render: visitText,
    },
  ];
}

function exportColumns(day: string): ExportColumn<DayMeeting>[] {
  return [
    { header: t("picker.group"), value: ({ group }) => group.name },
    { header: t("newGroup.venue"), value: ({ group }) => group.meetingVenue },
    { header: t("meetings.officers"), value: officersOf },
    { header: t("groups.status"), value: (row) => t(`map.${stateOf(row, day)}`) },
    { header: t("meetings.visit"), value: visitText },
  ];
}
