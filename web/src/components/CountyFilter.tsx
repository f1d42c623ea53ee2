import { usePlacesQuery } from "../api/groups";
import { useOfOneGroup } from "../api/own-group";
import { t } from "../i18n";
import { FilterSelect } from "./FilterSelect";

type Props = { value: string; onChange: (county: string) => void; testId: string };

/** A county to narrow to; one that an old address names stays, though it is in no list. */
export function CountyFilter({ value, onChange, testId }: Props) {
  const ofOneGroup = useOfOneGroup();
  const { data } = usePlacesQuery(undefined, { skip: ofOneGroup });
  if (ofOneGroup) return null;
  const names = (data ?? []).map(({ name }) => name);
  if (value && !names.includes(value)) names.unshift(value);
  return (
    <FilterSelect
      label={t("groups.county")}
      all={t("groups.allCounties")}
      options={names}
      value={value}
      onChange={onChange}
      testId={testId}
    />
  );
}
