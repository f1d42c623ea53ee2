import { NativeSelect } from "@mantine/core";
import { CountyFilter } from "../../components/CountyFilter";
import { FilterSelect } from "../../components/FilterSelect";
import { GroupPicker } from "../../components/GroupPicker";
import { SearchInput } from "../../components/SearchInput";
import { t } from "../../i18n";
import { useSession } from "../../lib/use-session";
import classes from "./MapPage.module.css";
import { ACTIVITIES, type OfficerFilter, STATES } from "./officer-filter";

type Props = {
  filter: OfficerFilter;
  onFilter: (changed: Partial<OfficerFilter>) => void;
};

export function OfficerFilters({ filter, onFilter }: Props) {
  const { user } = useSession();
  // A chair has one group: its officers are all there are.
  const chooses = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  return (
    <div className={classes.filters}>
      <SearchInput
        label={t("map.search")}
        value={filter.q}
        onSearch={(q) => onFilter({ q })}
        testId="officer-search"
        delay={0}
      />
      <div className={classes.selects}>
        <FilterSelect
          label={t("map.activity")}
          all={t("map.allActivities")}
          options={ACTIVITIES.map((value) => ({ value, label: t(`activity.${value}`) }))}
          value={filter.activity}
          onChange={(activity) => onFilter({ activity })}
          testId="officer-activity"
        />
        <NativeSelect
          aria-label={t("map.state")}
          value={filter.state}
          onChange={(event) => onFilter({ state: event.currentTarget.value })}
          data={STATES.map((value) => ({
            value,
            label: t(value ? `map.state.${value}` : "map.state.all"),
          }))}
          data-testid="officer-state"
        />
        {chooses && (
          <>
            <CountyFilter
              value={filter.county}
              onChange={(county) => onFilter({ county })}
              testId="officer-county"
            />
            <GroupPicker
              label={t("picker.group")}
              all={t("map.allGroups")}
              value={filter.group}
              onChange={(group) => onFilter({ group })}
              testId="officer-group"
            />
          </>
        )}
      </div>
    </div>
  );
}
