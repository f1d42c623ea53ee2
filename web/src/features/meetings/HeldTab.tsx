/** Meetings that were opened with the app, the newest first; one opens with its minutes. */
import { useMemo } from "react";
import { type MeetingRow, useMeetingsInfiniteQuery } from "../../api/meetings";
import { pageSource } from "../../api/page-source";
import { DateSpan } from "../../components/DateSpan";
import { FilterSelect } from "../../components/FilterSelect";
import { MeetingPanel } from "../../components/MeetingPanel";
import { MeetingCard, meetingColumns } from "../../components/meeting-columns";
import { PagedList } from "../../components/PagedList";
import { Empty } from "../../components/States";
import { type MeetingStatus, MeetingsDocument, type MeetingsQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters, useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { WhoseFilters, whoseOf } from "./WhoseFilters";

const STATUSES: readonly MeetingStatus[] = ["OPEN", "CLOSED", "CONFIRMED"];
const NO_FILTER = { group: "", county: "", officer: "", status: "", from: "", to: "" };

export function HeldTab() {
  const { user } = useSession();
  const filters = useFilters(NO_FILTER);
  const { values, set } = filters;
  const [opened, open] = useOpened("meeting");
  const asked = {
    ...whoseOf(values),
    status: STATUSES.find((one) => one === values.status) ?? null,
    from: values.from || null,
    to: values.to || null,
  };
  const query = useMeetingsInfiniteQuery(asked, { refetchOnFocus: true });
  const named = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  const columns = useMemo(() => meetingColumns(named), [named]);
  return (
    <PagedList
      title={t("nav.meetings")}
      count={(count) => t("meetings.count", { count })}
      query={query}
      testId="meetings"
      filters={
        <>
          <FilterSelect
            label={t("groups.status")}
            all={t("meetings.allStates")}
            options={STATUSES.map((value) => ({ value, label: t(`meetingStatus.${value}`) }))}
            value={values.status}
            onChange={(status) => set({ status })}
            testId="meetings-status"
          />
          <WhoseFilters values={values} set={set} />
          <DateSpan value={values} onChange={set} testId="meetings" />
        </>
      }
      panel={opened && <MeetingPanel key={opened} meetingId={opened} onClose={() => open(null)} />}
      exported={{
        columns: exportColumns(),
        source: pageSource(MeetingsDocument, asked, (answer: MeetingsQuery) => answer.meetings),
      }}
      columns={columns}
      rowTestId="meeting-row"
      selectedKey={opened}
      onOpen={open}
      card={(meeting) => <MeetingCard meeting={meeting} named={named} />}
      empty={
        filters.narrowed ? (
          <Empty title={t("meetings.noMatch")} hint={t("groups.noMatchHint")} />
        ) : (
          <Empty title={t("meetings.empty")} hint={t("meetings.emptyHint")} />
        )
      }
    />
  );
}

function exportColumns(): ExportColumn<MeetingRow>[] {
  return [
    { header: t("common.date"), value: ({ meetingDate }) => meetingDate },
    { header: t("picker.group"), value: ({ group }) => group.name },
    { header: t("newGroup.venue"), value: ({ venue }) => venue },
    { header: t("groups.status"), value: ({ status }) => t(`meetingStatus.${status}`) },
    { header: t("meetings.openedBy"), value: ({ openedBy }) => openedBy?.name ?? "" },
    { header: t("meetings.expected"), value: ({ expected }) => expected ?? "", kind: "money" },
    { header: t("meetings.counted"), value: ({ counted }) => counted ?? "", kind: "money" },
    { header: t("meetings.variance"), value: ({ variance }) => variance ?? "", kind: "money" },
  ];
}
