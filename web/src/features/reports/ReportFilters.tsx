/** What a report can be narrowed by; all of it stands in the address. */
import { NativeSelect } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { Chips } from "../../components/Chips";
import { ChosenGroups } from "../../components/ChosenGroups";
import { CountyFilter } from "../../components/CountyFilter";
import { DateSpan } from "../../components/DateSpan";
import { GroupPicker } from "../../components/GroupPicker";
import { MonthSelect } from "../../components/MonthSelect";
import { t } from "../../i18n";
import { PERIODS, type PeriodName } from "../../lib/period";
import { idsOf } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import type { AnyReport, Asked, Narrowing } from "./report";
import type { ReportFilter } from "./use-asked";

const YEARS = 6;

type Props = { report: AnyReport; filters: ReportFilter; asked: Asked; ofOneGroup: boolean };

export function ReportFilters({ report, filters, asked, ofOneGroup }: Props) {
  const { user } = useSession();
  const { values, set } = filters;
  const has = (name: Narrowing) => report.narrowing.includes(name);
  return (
    <>
      {!ofOneGroup && has("oneGroup") && (
        <GroupPicker
          value={asked.group}
          all={t("picker.chooseGroup")}
          onChange={(group) => set({ group })}
          testId="report-group"
        />
      )}
      {!ofOneGroup && has("group") && <Groups filters={filters} />}
      {user?.role === "SYSTEM_ADMIN" && has("county") && (
        <CountyFilter
          value={values.county}
          onChange={(county) => set({ county })}
          testId="report-county"
        />
      )}
      {has("month") && <MonthSelect value={asked.month} onChange={(month) => set({ month })} />}
      {has("year") && <YearSelect value={asked.year} onChange={(year) => set({ year })} />}
      {has("period") && <PeriodFilter filters={filters} asked={asked} />}
    </>
  );
}

/** Each that is chosen joins the others. */
function Groups({ filters: { values, set } }: Pick<Props, "filters">) {
  const ids = idsOf(values.group) ?? [];
  return (
    <>
      <GroupPicker
        value=""
        all={t(ids.length > 0 ? "dashboard.addGroup" : "report.allGroups")}
        onChange={(id) => id && set({ group: [...new Set([...ids, id])].join(",") })}
        testId="report-group"
      />
      <ChosenGroups
        value={values.group}
        onChange={(group) => set({ group })}
        testId="report-chosen"
      />
    </>
  );
}

function PeriodFilter({ filters, asked }: Pick<Props, "filters" | "asked">) {
  const { values, set } = filters;
  const period = PERIODS.find((one) => one === values.period) ?? "month";
  const choose = (next: PeriodName) => {
    // One's own dates begin with those that are shown now.
    const own = next === "own" ? { from: asked.from, to: asked.to } : { from: "", to: "" };
    set({ period: next, ...own });
  };
  return (
    <>
      <Chips
        label={t("dashboard.period")}
        options={PERIODS.map((value) => ({ value, text: t(`dashboard.period.${value}`) }))}
        value={period}
        onChange={choose}
        testId="report-period"
      />
      {period === "own" && (
        <DateSpan
          value={{ from: asked.from, to: asked.to }}
          onChange={({ from, to }) => from && to && set({ from, to })}
          testId="report"
        />
      )}
    </>
  );
}

function YearSelect({ value, onChange }: { value: string; onChange: (year: string) => void }) {
  const thisYear = Number(todayInNairobi().slice(0, 4));
  const years = Array.from({ length: YEARS }, (_, index) => String(thisYear - index));
  if (!years.includes(value)) years.push(value);
  return (
    <NativeSelect
      aria-label={t("div.year")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={years}
      data-testid="report-year"
    />
  );
}
