import { type ReactNode, useMemo } from "react";
import { useNavigate } from "react-router";
import { useConfig } from "../../api/config";
import type { Column } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { type PagedQuery, PagedTable } from "../../components/PagedTable";
import { RowCard } from "../../components/RowCard";
import type { GroupRowFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { weekdayName } from "../../lib/dates";
import type { Sort } from "../../lib/use-sort";
import classes from "./GroupsPage.module.css";

type Props = {
  query: PagedQuery<GroupRowFragment>;
  empty: ReactNode;
  sort: Sort;
  onSort: (sort: Sort) => void;
};

export function GroupsTable(props: Props) {
  const navigate = useNavigate();
  const { currency } = useConfig();
  const columns = useMemo(() => groupColumns(currency), [currency]);
  return (
    <PagedTable
      {...props}
      label={t("groups.title")}
      testId="groups-table"
      columns={columns}
      rowTestId="group-row"
      card={(group) => (
        <RowCard
          title={group.name}
          amount={<Money value={group.cashBalance} />}
          detail={`${group.groupCode} · ${weekdayName(group.meetingDay)} · ${group.ward}`}
          state={group.status === "INACTIVE" && t("status.INACTIVE")}
        />
      )}
      onOpen={(id) => navigate(`/groups/${id}`)}
    />
  );
}

function groupColumns(currency: string): Column<GroupRowFragment>[] {
  return [
    {
      key: "name",
      header: t("groups.name"),
      sortKey: "NAME",
      width: "minmax(0, 2.2fr)",
      render: (group) => (
        <>
          <span className={classes.name}>{group.name}</span>
          {group.status === "INACTIVE" && (
            <span className={classes.inactive}> {t("status.INACTIVE")}</span>
          )}
        </>
      ),
    },
    {
      key: "code",
      header: t("groups.code"),
      sortKey: "CODE",
      width: "minmax(0, 1fr)",
      hide: "narrow",
      render: (group) => group.groupCode,
    },
    {
      key: "county",
      header: t("groups.county"),
      width: "minmax(0, 1.1fr)",
      hide: "narrow",
      render: (group) => group.county,
    },
    {
      key: "place",
      header: t("groups.place"),
      width: "minmax(0, 1.8fr)",
      hide: "medium",
      render: (group) => `${group.ward}, ${group.constituency}`,
    },
    {
      key: "day",
      header: t("groups.meets"),
      width: "minmax(0, 1fr)",
      hide: "medium",
      render: (group) => weekdayName(group.meetingDay),
    },
    {
      key: "members",
      header: t("groups.members"),
      sortKey: "MEMBERS",
      width: "104px",
      align: "end",
      hide: "narrow",
      render: (group) => group.memberCount,
    },
    {
      key: "cash",
      header: t("groups.cash", { currency }),
      sortKey: "CASH",
      width: "minmax(130px, 1fr)",
      align: "end",
      render: (group) => <Money value={group.cashBalance} />,
    },
  ];
}
