import { useConfig } from "../../api/config";
import type { GroupFilter } from "../../api/groups";
import { pageSource } from "../../api/page-source";
import { ExportMenu } from "../../components/ExportMenu";
import { type GroupRowFragment, GroupsDocument, type GroupsQuery } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { weekdayName } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";

/** The filtered list of groups, whole. */
export default function ExportGroups({ filter }: { filter: GroupFilter }) {
  const { currency } = useConfig();
  const source = pageSource(GroupsDocument, filter, (answer: GroupsQuery) => answer.groups);
  return <ExportMenu title={t("groups.title")} columns={exportColumns(currency)} source={source} />;
}

function exportColumns(currency: string): ExportColumn<GroupRowFragment>[] {
  return [
    { header: t("groups.name"), value: ({ name }) => name },
    { header: t("groups.code"), value: ({ groupCode }) => groupCode },
    { header: t("groups.county"), value: ({ county }) => county },
    {
      header: t("groups.place"),
      value: ({ ward, constituency }) => `${ward}, ${constituency}`,
    },
    { header: t("groups.meets"), value: ({ meetingDay }) => weekdayName(meetingDay) },
    { header: t("groups.status"), value: ({ status }) => label("status", status) },
    { header: t("groups.members"), value: ({ memberCount }) => memberCount, kind: "number" },
    {
      header: t("groups.cash", { currency }),
      value: ({ cashBalance }) => cashBalance,
      kind: "money",
    },
  ];
}
