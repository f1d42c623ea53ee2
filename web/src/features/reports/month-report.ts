/** Reports with a line a month, from the key figures at each month's end. */
import { ReportMonthsDocument, type ReportMonthsQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import { overPeriod, type Report, type ReportColumn, whole } from "./report";

export type Month = ReportMonthsQuery["kpis"]["series"][number];
export type MonthReport = Report<Month, ReportMonthsQuery>;

export const BY_MONTH = {
  narrowing: ["group", "county", "period"],
  document: ReportMonthsDocument,
  variables: overPeriod,
  pick: ({ kpis }) => whole(kpis.series),
  rowKey: ({ first }) => first,
} satisfies Partial<MonthReport>;

export const monthColumns = (day: ReportColumn<Month>["hide"]): ReportColumn<Month>[] => [
  { key: "month", header: t("month.month"), value: ({ first }) => monthText(first.slice(0, 7)) },
  { key: "day", header: t("report.onDay"), kind: "date", hide: day, value: ({ last }) => last },
];
