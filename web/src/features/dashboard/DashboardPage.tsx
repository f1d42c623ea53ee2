/** How the groups are doing, and what waits for the one who is signed in. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { lazy, Suspense, useMemo } from "react";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { PERIODS, type PeriodName, spanOf, trendOf } from "../../lib/period";
import { useFilters } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { DashboardFilters } from "./DashboardFilters";
import classes from "./DashboardPage.module.css";
import { type Asked, useKeyFiguresQuery, useMonthByMonthQuery } from "./dashboard-api";
import { FigureGroups } from "./FigureGroups";
import { WaitsForMe } from "./WaitsForMe";

const Charts = lazy(() => import("./Charts"));

export const DEFAULTS = { period: "month", from: "", to: "", groups: "", county: "" };
export type DashboardValues = typeof DEFAULTS;
const FRESH = { pollingInterval: 120_000, skipPollingIfUnfocused: true, refetchOnFocus: true };

export default function DashboardPage() {
  const filters = useFilters(DEFAULTS);
  const { user } = useSession();
  const { asked, span, groups } = useAsked(filters.values);
  const query = useKeyFiguresQuery(asked, FRESH);
  const trend = useMonthByMonthQuery({ ...asked, ...trendOf(span) }, FRESH);
  const figures = query.currentData;
  // A chair has one group: there is nothing to choose from.
  const chooses = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  return (
    <div className={classes.page} data-testid="dashboard-page">
      <header className={classes.head}>
        <h1 className={classes.title}>{t("nav.dashboard")}</h1>
        <span className={classes.span} data-testid="dashboard-span">
          {t("dashboard.span", { from: plainDate(span.from), to: plainDate(span.to) })}
          {figures && ` · ${t("dashboard.groups", { count: figures.groups })}`}
        </span>
      </header>
      <WaitsForMe />
      <DashboardFilters filters={filters} groups={groups} chooses={chooses} />
      {figures && query.isError && <StaleNotice retry={query.refetch} />}
      {!figures && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!figures && !query.isError && <LoadingRows />}
      {figures?.groups === 0 && (
        <Empty title={t("dashboard.empty")} hint={t("dashboard.emptyHint")} />
      )}
      {figures && figures.groups > 0 && (
        <>
          <FigureGroups figures={figures} groups={groups} county={filters.values.county} />
          <Suspense fallback={<LoadingRows />}>
            {trend.currentData && <Charts months={trend.currentData} />}
          </Suspense>
          {!trend.currentData && trend.isError && (
            <Failed error={trend.error} retry={trend.refetch} />
          )}
        </>
      )}
    </div>
  );
}

function useAsked(values: Readonly<DashboardValues>) {
  return useMemo(() => {
    const name = PERIODS.find((one) => one === values.period) ?? ("month" as PeriodName);
    const span = spanOf(name, todayInNairobi(), values);
    const groups = values.groups.split(",").filter(Boolean);
    const asked: Asked = {
      ...span,
      groupIds: groups.length > 0 ? groups : null,
      county: values.county || null,
    };
    return { asked, span, groups };
  }, [values]);
}
