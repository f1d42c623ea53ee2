/** Name, place and meetings of a group: the same fields to create and to edit. */
import { NativeSelect, TextInput } from "@mantine/core";
import { usePlacesQuery } from "../api/groups";
import { constituenciesOf, wardsOf } from "../api/places";
import { t } from "../i18n";
import { DAYS, weekdayName } from "../lib/dates";

export type GroupValues = {
  name: string;
  county: string;
  constituency: string;
  ward: string;
  village: string;
  meetingDay: string;
  meetingVenue: string;
};

export const REQUIRED = [
  "name",
  "county",
  "constituency",
  "ward",
  "meetingDay",
  "meetingVenue",
] as const;

type Props = {
  values: GroupValues;
  errors: Record<string, string>;
  change: (changed: Partial<GroupValues>) => void;
  /** Of the test ids: "new-group" gives "new-group-name". */
  prefix: string;
};

type Bound = { currentTarget: { value: string } };

const bound = ({ values, errors, change, prefix }: Props) => {
  return (name: keyof GroupValues) => ({
    value: values[name],
    error: errors[name],
    onChange: (event: Bound) => change(withPlaceReset({ [name]: event.currentTarget.value })),
    "data-testid": `${prefix}-${name}`,
  });
};

const choose = (options: readonly string[]) => [
  { value: "", label: t("newGroup.choose") },
  ...options,
];

export function PlaceFields(props: Props) {
  const { values } = props;
  const { data: places = [] } = usePlacesQuery();
  const bind = bound(props);
  const constituencies = constituenciesOf(places, values.county);
  const wards = wardsOf(places, values.county, values.constituency);
  return (
    <>
      <NativeSelect
        label={t("newGroup.county")}
        data={choose(places.map(({ name }) => name))}
        {...bind("county")}
      />
      <NativeSelect
        label={t("newGroup.constituency")}
        data={choose(constituencies)}
        disabled={constituencies.length === 0}
        {...bind("constituency")}
      />
      <NativeSelect
        label={t("newGroup.ward")}
        data={choose(wards)}
        disabled={wards.length === 0}
        {...bind("ward")}
      />
      <TextInput
        label={`${t("newGroup.village")} (${t("common.optional")})`}
        {...bind("village")}
      />
    </>
  );
}

export function MeetingFields(props: Props) {
  const bind = bound(props);
  return (
    <>
      <NativeSelect
        label={t("newGroup.day")}
        data={[
          { value: "", label: t("newGroup.choose") },
          ...DAYS.map((day) => ({ value: day, label: weekdayName(day) })),
        ]}
        {...bind("meetingDay")}
      />
      <TextInput label={t("newGroup.venue")} {...bind("meetingVenue")} />
    </>
  );
}

export function NameField(props: Props) {
  return <TextInput label={t("newGroup.name")} {...bound(props)("name")} data-autofocus />;
}

/** A ward lies in one constituency, and that in one county: a new county empties both. */
export function withPlaceReset(changed: Partial<GroupValues>): Partial<GroupValues> {
  if (changed.county !== undefined) return { ...changed, constituency: "", ward: "" };
  if (changed.constituency !== undefined) return { ...changed, ward: "" };
  return changed;
}

export function missingFields(values: Readonly<Record<string, string>>, names: readonly string[]) {
  const missing = names.filter((name) => !values[name]?.trim());
  return Object.fromEntries(missing.map((name) => [name, t("form.required")]));
}
