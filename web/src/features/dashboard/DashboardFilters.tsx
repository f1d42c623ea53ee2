/** Which groups and which time; all of it stands in the address. */

import { todayInNairobi } from "@tablebanking/common/dates";
import { Chips } from "../../components/Chips";
import { ChosenGroups } from "../../components/ChosenGroups";
import { CountyFilter } from "../../components/CountyFilter";
import { DateInput } from "../../components/DateInput";
import { GroupPicker } from "../../components/GroupPicker";
import { t } from "../../i18n";
import { PERIODS, type PeriodName, spanOf } from "../../lib/period";
import type { Filters } from "../../lib/use-filters";
import type { DashboardValues } from "./DashboardPage";
import classes from "./DashboardPage.module.css";

type Props = {
  filters: Filters<keyof DashboardValues & string>;
  groups: readonly string[];
  chooses: boolean;
};

export function DashboardFilters({ filters, groups, chooses }: Props) {
  const { values, set } = filters;
  const period = PERIODS.find((one) => one === values.period) ?? "month";
  const choose = (next: PeriodName) => {
    // One's own dates begin with those that are shown now.
    const own = next === "own" ? spanOf(period, todayInNairobi(), values) : { from: "", to: "" };
    set({ period: next, ...own });
  };
  const setGroups = (ids: readonly string[]) => set({ groups: ids.join(",") });
  return (
    <div className={classes.filters}>
      <Chips
        label={t("dashboard.period")}
        options={PERIODS.map((value) => ({ value, text: t(`dashboard.period.${value}`) }))}
        value={period}
        onChange={choose}
        testId="dashboard-period"
      />
      {period === "own" && <OwnDates values={values} set={set} />}
      {chooses && (
        <>
          <CountyFilter
            value={values.county}
            onChange={(county) => set({ county })}
            testId="dashboard-county"
          />
          <GroupPicker
            label={t("picker.group")}
            all={t(groups.length > 0 ? "dashboard.addGroup" : "dashboard.allGroups")}
            value=""
            onChange={(id) => id && setGroups([...groups.filter((one) => one !== id), id])}
            testId="dashboard-group"
          />
          <ChosenGroups
            value={values.groups}
            onChange={(groups) => set({ groups })}
            testId="dashboard-chosen"
          />
        </>
      )}
    </div>
  );
}

type OwnProps = Pick<Filters<keyof DashboardValues & string>, "values" | "set">;

function OwnDates({ values, set }: OwnProps) {
  const today = todayInNairobi();
  return (
    <div className={classes.dates}>
      <DateInput
        label={t("common.from")}
        value={values.from}
        max={values.to || today}
        onChange={(from) => from && set({ from })}
        testId="dashboard-from"
      />
      <DateInput
        label={t("common.to")}
        value={values.to}
        min={values.from || undefined}
        max={today}
        onChange={(to) => to && set({ to })}
        testId="dashboard-to"
      />
    </div>
  );
}
