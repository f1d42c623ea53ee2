/** Meetings held, what officers recorded, and whose month agrees with the statements. */
import { formatPhone } from "@tablebanking/common/phone";
import {
  type MonthRowFragment,
  ReportMeetingsDocument,
  type ReportMeetingsQuery,
  ReportOfficersDocument,
  type ReportOfficersQuery,
  ReportReconciliationDocument,
  type ReportReconciliationQuery,
} from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { parseMonth } from "../../lib/months";
import { count, groupColumn, money } from "./cells";
import {
  type AnyReport,
  address,
  type Figure,
  groupsOf,
  overPeriod,
  type Report,
  type ReportColumn,
  whole,
} from "./report";

type Meeting = ReportMeetingsQuery["meetings"]["edges"][number]["node"];
type Officer = ReportOfficersQuery["kpis"]["officers"]["officers"][number];

const meetingsColumns = (): ReportColumn<Meeting>[] => [
  {
    key: "date",
    header: t("common.date"),
    kind: "date",
    value: ({ meetingDate }) => meetingDate,
  },
  groupColumn(),
  { key: "venue", header: t("newGroup.venue"), hide: "medium", value: ({ venue }) => venue },
  {
    key: "status",
    header: t("groups.status"),
    width: "158px",
    hide: "narrow",
    value: ({ status }) => t(`meetingStatus.${status}`),
  },
  {
    key: "expected",
    header: t("report.expected"),
    kind: "money",
    hide: "medium",
    value: ({ expected }) => expected,
  },
  { key: "counted", header: t("report.counted"), kind: "money", value: ({ counted }) => counted },
  {
    key: "variance",
    header: t("report.variance"),
    kind: "money",
    hide: "narrow",
    value: ({ variance }) => variance,
  },
  {
    key: "note",
    header: t("report.note"),
    hide: "always",
    value: ({ varianceNote }) => varianceNote,
  },
  {
    key: "by",
    header: t("report.ledBy"),
    hide: "always",
    value: ({ openedBy }) => openedBy?.name,
  },
  {
    key: "confirmed",
    header: t("report.confirmedBy"),
    hide: "always",
    value: ({ confirmedBy }) => confirmedBy?.name,
  },
];

const meetingsFigures = ({ meetings: found }: ReportMeetingsQuery): Figure[] => [
  count("count", t("report.meetings"), found.totalCount),
];

const meetings: Report<Meeting, ReportMeetingsQuery> = {
  key: "meetings",
  title: "report.meetings",
  hint: "report.meetingsHint",
  narrowing: ["group", "county", "period"],
  document: ReportMeetingsDocument,
  variables: (asked) => ({ ...groupsOf(asked), from: asked.from, to: asked.to }),
  pick: ({ meetings: found }) => found,
  rowKey: ({ id }) => id,
  columns: meetingsColumns,
  figures: meetingsFigures,
  list: ({ group }) => (group ? `/groups/${group}/meetings` : "/meetings"),
};

const officersColumns = (): ReportColumn<Officer>[] => [
  { key: "name", header: t("report.officer"), value: ({ officer }) => officer.user.name },
  {
    key: "phone",
    header: t("members.phone"),
    hide: "narrow",
    value: ({ officer }) => formatPhone(officer.phone),
  },
  {
    key: "entries",
    header: t("report.entries"),
    kind: "number",
    width: "120px",
    sum: true,
    value: ({ transactions }) => transactions,
  },
  {
    key: "days",
    header: t("report.activeDays"),
    kind: "number",
    width: "120px",
    hide: "narrow",
    value: ({ activeDays }) => activeDays,
  },
  {
    key: "perDay",
    header: t("report.perDay"),
    kind: "number",
    width: "120px",
    hide: "narrow",
    value: ({ perDay }) => perDay.toFixed(1),
  },
];

const officersFigures = ({ kpis: { officers: all } }: ReportOfficersQuery): Figure[] => [
  count("active", t("report.activeOfficers"), all.active),
  count("entries", t("report.entries"), all.transactions),
  count("perDay", t("report.perDay"), all.perDay?.toFixed(1) ?? "—"),
];

const officers: Report<Officer, ReportOfficersQuery> = {
  key: "officers",
  title: "report.officers",
  hint: "report.officersHint",
  narrowing: ["group", "county", "period"],
  document: ReportOfficersDocument,
  variables: overPeriod,
  pick: ({ kpis }) => whole(kpis.officers.officers),
  rowKey: ({ officer }) => officer.id,
  columns: officersColumns,
  figures: officersFigures,
  list: ({ group, county }) => address("/map", { group, county }),
};

const reconciliationColumns = (): ReportColumn<MonthRowFragment>[] => [
  groupColumn(),
  {
    key: "status",
    header: t("review.status"),
    width: "124px",
    value: ({ status }) => t(`month.status.${status}`),
  },
  ...(["cash", "bank", "mpesa"] as const).map((account) => ({
    key: account,
    header: t(`report.${account}`),
    kind: "money" as const,
    hide: "medium" as const,
    value: (row: MonthRowFragment) => row[account],
  })),
  {
    key: "differences",
    header: t("report.differences"),
    kind: "money",
    value: ({ differences }) => differences,
  },
  {
    key: "missing",
    header: t("month.missing"),
    kind: "number",
    hide: "medium",
    value: ({ missing }) => missing,
  },
  {
    key: "unmatched",
    header: t("month.unmatched"),
    kind: "number",
    hide: "narrow",
    value: (row) => row.unmatchedLines + row.unmatchedPostings,
  },
  {
    key: "by",
    header: t("month.signedBy"),
    hide: "always",
    value: ({ signedBy }) => signedBy?.name,
  },
  {
    key: "at",
    header: t("month.signedAt"),
    hide: "always",
    value: ({ signedAt }) => signedAt && momentText(signedAt),
  },
];

const reconciliationFigures = ({
  reconciliations: { totals },
}: ReportReconciliationQuery): Figure[] => [
  count("open", t("month.status.OPEN"), totals.open),
  count("ready", t("month.status.READY"), totals.ready),
  count("signed", t("month.status.SIGNED"), totals.signed),
  money("differences", t("month.differences"), totals.differences),
];

const reconciliation: Report<MonthRowFragment, ReportReconciliationQuery> = {
  key: "reconciliation",
  title: "report.reconciliation",
  hint: "report.reconciliationHint",
  narrowing: ["group", "county", "month"],
  document: ReportReconciliationDocument,
  variables: (asked) => ({ ...groupsOf(asked), ...parseMonth(asked.month) }),
  pick: ({ reconciliations }) => reconciliations,
  rowKey: ({ group }) => group.id,
  columns: reconciliationColumns,
  figures: reconciliationFigures,
  list: ({ month, county }) => address("/reconciliation", { month, county }),
};

export const WORK_REPORTS: readonly AnyReport[] = [meetings, officers, reconciliation];
