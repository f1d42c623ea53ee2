import { NativeSelect } from "@mantine/core";
import { usePlacesQuery } from "../../api/groups";
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
        <NativeSelect
          aria-label={t("map.activity")}
          value={filter.activity}
          onChange={(event) => onFilter({ activity: event.currentTarget.value })}
          data={[
            { value: "", label: t("map.allActivities") },
            ...ACTIVITIES.map((value) => ({ value, label: t(`activity.${value}`) })),
          ]}
          data-testid="officer-activity"
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
            <CountySelect value={filter.county} onChange={(county) => onFilter({ county })} />
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

function CountySelect({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { data } = usePlacesQuery();
  const names = (data ?? []).map(({ name }) => name);
  if (value && !names.includes(value)) names.unshift(value);
  return (
    <NativeSelect
      aria-label={t("map.county")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: t("groups.allCounties") },
        ...names.map((name) => ({ value: name, label: name })),
      ]}
      data-testid="officer-county"
    />
  );
}
