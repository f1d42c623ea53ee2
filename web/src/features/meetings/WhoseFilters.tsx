/** Whose meetings: groups, a county, an officer. A chair and a committee have one group. */
import { ChosenGroups } from "../../components/ChosenGroups";
import { CountyFilter } from "../../components/CountyFilter";
import { GroupPicker } from "../../components/GroupPicker";
import { PersonPicker } from "../../components/PersonPicker";
import { t } from "../../i18n";
import { idsOf } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";

type Whose = { group: string; county: string; officer: string };
type Props = { values: Whose; set: (changed: Partial<Whose>) => void };

export function WhoseFilters({ values, set }: Props) {
  const { user } = useSession();
  if (user?.role === "GROUP_CHAIR" || user?.role === "GROUP_COMMITTEE") return null;
  const groups = idsOf(values.group) ?? [];
  const add = (id: string) =>
    id && set({ group: [...groups.filter((one) => one !== id), id].join(",") });
  return (
    <>
      <GroupPicker
        label={t("picker.group")}
        all={t(groups.length > 0 ? "dashboard.addGroup" : "members.allGroups")}
        value=""
        onChange={add}
        testId="meetings-group"
      />
      <CountyFilter
        value={values.county}
        onChange={(county) => set({ county })}
        testId="meetings-county"
      />
      {user?.role === "SYSTEM_ADMIN" && (
        <PersonPicker
          only="FIELD_OFFICER"
          all={t("meetings.allOfficers")}
          value={values.officer}
          onChange={(officer) => set({ officer })}
          testId="meetings-officer"
        />
      )}
      <ChosenGroups value={values.group} onChange={(group) => set({ group })} />
    </>
  );
}

/** As the server asks for it. */
export const whoseOf = ({ group, county, officer }: Whose) => ({
  groupIds: idsOf(group),
  county: county || null,
  officerId: officer || null,
});
