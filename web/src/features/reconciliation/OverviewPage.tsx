/** A month of all groups: whose books agree with the statements, and what still differs. */

import { useMemo } from "react";
import { useNavigate } from "react-router";
import { useConfig } from "../../api/config";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import { CountyFilter } from "../../components/CountyFilter";
import { type Column, DataTable } from "../../components/DataTable";
import { ExportMenu } from "../../components/ExportMenu";
import { ListPage } from "../../components/ListPage";
import { Money } from "../../components/Money";
import { MonthSelect } from "../../components/MonthSelect";
import { RowCard } from "../../components/RowCard";
import { Stat, Stats } from "../../components/Stat";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import {
  MonthOverviewDocument,
  type MonthOverviewQuery,
  type ReconciliationStatus,
} from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText, monthText } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { monthBefore, parseMonth, thisMonth } from "../../lib/months";
import { useFilters } from "../../lib/use-filters";
import { STATUSES, TONES } from "./months";
import classes from "./Reconciliation.module.css";
import { type MonthRow, useMonthOverviewInfiniteQuery } from "./reconciliation-api";

export default function OverviewPage() {
  const filters = useFilters({ month: monthBefore(thisMonth()), county: "", status: "" });
  const { values } = filters;
  const navigate = useNavigate();
  const { currency } = useConfig();
  const asked = useMemo(() => {
    const month = parseMonth(values.month) ?? parseMonth(thisMonth());
    return {
      year: month?.year ?? 0,
      month: month?.month ?? 0,
      county: values.county || null,
      status: (STATUSES as readonly string[]).includes(values.status)
        ? (values.status as ReconciliationStatus)
        : null,
    };
  }, [values]);
  const query = useMonthOverviewInfiniteQuery(asked, { refetchOnFocus: true });
  const pages = query.currentData?.pages;
  const rows = (pages ?? []).flatMap(({ edges }) => edges.map(({ node }) => node));
  const first = pages?.[0];
  const title = `${t("nav.reconciliation")} · ${monthText(values.month)}`;
  return (
    <ListPage
      title={t("nav.reconciliation")}
      count={(count) => t("groups.count", { count })}
      query={query}
      testId="reconciliation-page"
      filters={<Filters filters={filters} />}
      actions={
        <ExportMenu
          title={title}
          columns={exportColumns()}
          source={pageSource(
            MonthOverviewDocument,
            asked,
            (answer: MonthOverviewQuery) => answer.reconciliations,
          )}
        />
      }
    >
      {first && <Totals totals={first.totals} />}
      <DataTable
        label={title}
        testId="reconciliation-table"
        rows={rows}
        rowKey={({ group }) => group.id}
        rowTestId="reconciliation-row"
        columns={columns(currency)}
        card={card}
        onOpen={({ group }) => navigate(`/reconciliation/${group.id}/${values.month}`)}
        hasMore={query.hasNextPage && !query.isError}
        loadingMore={query.isFetching}
        onMore={query.fetchNextPage}
        empty={<Empty title={t("month.noMatch")} hint={t("review.noMatchHint")} />}
      />
    </ListPage>
  );
}

function Totals({ totals }: { totals: MonthOverviewQuery["reconciliations"]["totals"] }) {
  return (
    <div className={classes.totals}>
      <Stats>
        <Stat label={t("month.status.OPEN")} value={totals.open} />
        <Stat label={t("month.status.READY")} value={totals.ready} />
        <Stat label={t("month.status.SIGNED")} value={totals.signed} />
        <Stat label={t("month.differences")} value={<Money value={totals.differences} />} />
        <Stat
          label={t("month.unmatched")}
          value={totals.unmatchedLines + totals.unmatchedPostings}
        />
      </Stats>
    </div>
  );
}

function Filters({
  filters,
}: {
  filters: ReturnType<typeof useFilters<"month" | "county" | "status">>;
}) {
  const { values, set } = filters;
  return (
    <>
      <MonthSelect value={values.month} onChange={(month) => set({ month })} />
      <CountyFilter
        value={values.county}
        onChange={(county) => set({ county })}
        testId="reconciliation-county"
      />
      <Chips
        label={t("review.status")}
        options={[
          { value: "", text: t("review.status.ALL") },
          ...STATUSES.map((value) => ({
            value: value as string,
            text: t(`month.status.${value}`),
          })),
        ]}
        value={values.status}
        onChange={(status) => set({ status })}
        testId="reconciliation-status"
      />
    </>
  );
}

const columns = (currency: string): Column<MonthRow>[] => [
  {
    key: "group",
    header: t("picker.group"),
    width: "minmax(180px, 2fr)",
    render: ({ group }) => group.name,
  },
  {
    key: "status",
    header: t("review.status"),
    width: "150px",
    render: ({ status }) => <StatusBadge tone={TONES[status]} text={t(`month.status.${status}`)} />,
  },
  ...(["cash", "bank", "mpesa"] as const).map(
    (account): Column<MonthRow> => ({
      key: account,
      header: t(`account.${account.toUpperCase() as "CASH" | "BANK" | "MPESA"}`),
      width: "104px",
      align: "end",
      hide: "medium",
      render: (row) => <Money value={row[account]} />,
    }),
  ),
  {
    key: "differences",
    header: t("month.differencesIn", { currency }),
    width: "120px",
    align: "end",
    hide: "narrow",
    render: ({ differences }) => <Money value={differences} />,
  },
  {
    key: "missing",
    header: t("month.missing"),
    width: "126px",
    align: "end",
    hide: "medium",
    render: ({ missing }) => missing || "—",
  },
  {
    key: "unmatched",
    header: t("month.unmatched"),
    width: "138px",
    align: "end",
    hide: "narrow",
    render: (row) => row.unmatchedLines + row.unmatchedPostings || "—",
  },
];

const card = (row: MonthRow) => (
  <RowCard
    title={row.group.name}
    amount={<Money value={row.differences} />}
    detail={t("month.cardDetail", {
      missing: row.missing,
      unmatched: row.unmatchedLines + row.unmatchedPostings,
    })}
    state={<StatusBadge tone={TONES[row.status]} text={t(`month.status.${row.status}`)} />}
  />
);

const exportColumns = (): ExportColumn<MonthRow>[] => [
  { header: t("picker.group"), value: ({ group }) => group.name },
  { header: t("review.status"), value: ({ status }) => t(`month.status.${status}`) },
  { header: t("account.CASH"), kind: "money", value: ({ cash }) => cash },
  { header: t("account.BANK"), kind: "money", value: ({ bank }) => bank },
  { header: t("account.MPESA"), kind: "money", value: ({ mpesa }) => mpesa },
  { header: t("month.differences"), kind: "money", value: ({ differences }) => differences },
  { header: t("month.missing"), kind: "number", value: ({ missing }) => missing },
  {
    header: t("month.unmatched"),
    kind: "number",
    value: (row) => row.unmatchedLines + row.unmatchedPostings,
  },
  { header: t("month.signedBy"), value: ({ signedBy }) => signedBy?.name },
  { header: t("month.signedAt"), value: ({ signedAt }) => signedAt && momentText(signedAt) },
];
