/** What was chosen, from the address; who has one group need not choose it. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { useMemo } from "react";
import { useOfOneGroup, useOwnGroup } from "../../api/own-group";
import { monthBefore, parseMonth, thisMonth } from "../../lib/months";
import { PERIODS, type PeriodName, spanOf } from "../../lib/period";
import { type Filters, idsOf, useFilters } from "../../lib/use-filters";
import type { AnyReport, Asked } from "./report";

export const DEFAULTS = {
  ...{ group: "", county: "", month: "", year: "" },
  ...{ period: "month", from: "", to: "" },
};
export type Values = typeof DEFAULTS;
export type ReportFilter = Filters<keyof Values>;

export function useAsked(report: AnyReport) {
  const filters: ReportFilter = useFilters(DEFAULTS);
  const ofOneGroup = useOfOneGroup();
  const ownGroup = useOwnGroup();
  const asked = useMemo(
    () => chosen(report, filters.values, ownGroup),
    [report, filters.values, ownGroup],
  );
  const ready = !report.narrowing.includes("oneGroup") || asked.group !== "";
  return { asked, filters, ofOneGroup, ready };
}

/** What the report does not look at is left as it is for all, so that no query is asked twice. */
function chosen({ narrowing }: AnyReport, values: Readonly<Values>, ownGroup: string): Asked {
  const today = todayInNairobi();
  const has = (name: AnyReport["narrowing"][number]) => narrowing.includes(name);
  const period = PERIODS.find((one) => one === values.period) ?? ("month" as PeriodName);
  return {
    group: has("oneGroup") ? (idsOf(values.group)?.[0] ?? ownGroup) : values.group,
    county: has("county") ? values.county : "",
    month: parseMonth(values.month) ? values.month : monthBefore(thisMonth()),
    year: /^\d{4}$/.test(values.year) ? values.year : today.slice(0, 4),
    today,
    ...spanOf(period, today, values),
  };
}
