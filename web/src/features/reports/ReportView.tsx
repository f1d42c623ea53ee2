/** One report: narrowed, its totals, its rows to look at, and all of them to take along. */
import { IconArrowLeft } from "@tabler/icons-react";
import { useMemo } from "react";
import { Link } from "react-router";
import { useGroupQuery } from "../../api/groups";
import { pageSource } from "../../api/page-source";
import { DataTable } from "../../components/DataTable";
import { ExportMenu } from "../../components/ExportMenu";
import { ListPage } from "../../components/ListPage";
import { Stat, Stats } from "../../components/Stat";
import { Empty } from "../../components/States";
import { t } from "../../i18n";
import { monthText, plainDate } from "../../lib/dates";
import { useWayTo } from "../../lib/places";
import { ReportFilters } from "./ReportFilters";
import classes from "./Reports.module.css";
import type { AnyReport, Asked, Figure } from "./report";
import { reportCard, tableColumns } from "./report-table";
import { type Loaded, useReportInfiniteQuery, useReportTotalsQuery } from "./reports-api";
import { useAsked } from "./use-asked";

export function ReportView({ report }: { report: AnyReport }) {
  const { asked, filters, ofOneGroup, ready } = useAsked(report);
  const args = { key: report.key, asked };
  const query = useReportInfiniteQuery(args, { skip: !ready });
  const totals = useReportTotalsQuery(args, { skip: !ready || !report.totals });
  const title = useTitle(report, asked);
  const columns = useMemo(() => report.columns(), [report]);
  const figures = report.totals ? totals.currentData : query.currentData?.pages[0]?.figures;
  const filterBar = (
    <ReportFilters report={report} filters={filters} asked={asked} ofOneGroup={ofOneGroup} />
  );
  const source = pageSource(report.document, report.variables(asked), report.pick);
  return (
    <ListPage
      title={t(report.title)}
      count={(total) => t("report.rows", { count: total })}
      query={ready ? query : NOTHING}
      testId={`report-${report.key}`}
      actions={
        <>
          <Ways report={report} asked={asked} ready={ready} />
          {ready && <ExportMenu title={title} columns={columns} source={source} />}
        </>
      }
      filters={
        <>
          <p className={classes.hint}>{t(report.hint)}</p>
          {filterBar}
        </>
      }
    >
      {ready ? (
        <>
          {figures && figures.length > 0 && <Totals figures={figures} />}
          <Rows report={report} query={query} columns={columns} title={title} />
        </>
      ) : (
        <Empty title={t("report.chooseGroup")} hint={t("report.chooseGroupHint")} />
      )}
    </ListPage>
  );
}

/** A report that waits for its group is no list that loads. */
const NOTHING = { currentData: { pages: [] }, isError: false, refetch: () => undefined };

function Totals({ figures }: { figures: readonly Figure[] }) {
  return (
    <div className={classes.totals} data-testid="report-totals">
      <Stats>
        {figures.map(({ key, label, value }) => (
          <Stat key={key} label={label} value={value} testId={`total-${key}`} />
        ))}
      </Stats>
    </div>
  );
}

type RowsProps = {
  report: AnyReport;
  query: ReturnType<typeof useReportInfiniteQuery>;
  columns: ReturnType<AnyReport["columns"]>;
  title: string;
};

function Rows({ report, query, columns, title }: RowsProps) {
  const pages: readonly Loaded[] = query.currentData?.pages ?? [];
  const rows = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <DataTable
      label={title}
      testId="report-table"
      rows={unique(rows, report.rowKey)}
      rowKey={report.rowKey}
      rowTestId="report-row"
      columns={tableColumns(columns)}
      card={(row) => reportCard(columns, row)}
      hasMore={query.hasNextPage}
      loadingMore={query.isFetchingNextPage}
      onMore={query.fetchNextPage}
      empty={<Empty title={t("report.empty")} hint={t("report.emptyHint")} />}
    />
  );
}

/** A row that moved to the next page while paging stands once. */
const unique = <T,>(rows: readonly T[], key: (row: T) => string) => [
  ...new Map(rows.map((row) => [key(row), row])).values(),
];

type WaysProps = { report: AnyReport; asked: Asked; ready: boolean };

function Ways({ report, asked, ready }: WaysProps) {
  // The lists are narrowed by one group; of several, the way leads to all.
  const group = asked.group.includes(",") ? "" : asked.group;
  const to = useWayTo()(report.list({ ...asked, group }));
  return (
    <>
      <Link className={classes.way} to="/reports" data-testid="all-reports">
        <IconArrowLeft size={16} aria-hidden /> {t("report.all")}
      </Link>
      {ready && to && (
        <Link className={classes.way} to={to} data-testid="report-list">
          {t("report.openList")}
        </Link>
      )}
    </>
  );
}

/** What was chosen, for the head of the paper and the name of the file. */
function useTitle(report: AnyReport, asked: Asked): string {
  const { data: group } = useGroupQuery(asked.group, { skip: !asked.group });
  const has = (name: AnyReport["narrowing"][number]) => report.narrowing.includes(name);
  return [
    t(report.title),
    asked.group ? group?.name : asked.county,
    has("period") && `${plainDate(asked.from)} – ${plainDate(asked.to)}`,
    has("month") && monthText(asked.month),
    has("year") && asked.year,
  ]
    .filter(Boolean)
    .join(", ");
}
