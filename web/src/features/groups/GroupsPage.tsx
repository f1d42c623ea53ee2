import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { useGroupsInfiniteQuery } from "../../api/groups";
import { Chips } from "../../components/Chips";
import { ChosenGroups } from "../../components/ChosenGroups";
import { CountyFilter } from "../../components/CountyFilter";
import { ListPage } from "../../components/ListPage";
import { SearchInput } from "../../components/SearchInput";
import { Empty } from "../../components/States";
import { t } from "../../i18n";
import { later } from "../../lib/later";
import { type Filters, idsOf, oneOf, useFilters } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { useSort } from "../../lib/use-sort";
import classes from "./GroupsPage.module.css";
import { GroupsTable } from "./GroupsTable";

const ExportGroups = later(() => import("./ExportGroups"));
const CreateGroupDrawer = later(() => import("./CreateGroupDrawer"));

const SORTED_BY = ["NAME", "CODE", "MEMBERS", "CASH"] as const;
const STATUSES = ["", "ACTIVE", "INACTIVE"] as const;
const STATUS_WORDS = {
  "": "groups.all",
  ACTIVE: "status.ACTIVE",
  INACTIVE: "status.INACTIVE",
} as const;

type Filter = Filters<"q" | "county" | "status" | "group">;

export default function GroupsPage() {
  const navigate = useNavigate();
  const { user } = useSession();
  const filters: Filter = useFilters({ q: "", county: "", status: "", group: "" });
  const { order, ...sorting } = useSort(SORTED_BY, "NAME_ASC");
  const [creating, setCreating] = useState(false);
  const isAdmin = user?.role === "SYSTEM_ADMIN";
  const asked = {
    search: filters.values.q || null,
    county: filters.values.county || null,
    status: oneOf(filters.values.status, STATUSES) || null,
    groupIds: idsOf(filters.values.group),
    sort: order,
  };
  // This list has no subscription: it is loaded anew when one comes back to it.
  const query = useGroupsInfiniteQuery(asked, { refetchOnFocus: true });
  return (
    <ListPage
      title={t("groups.title")}
      count={(count) => t("groups.count", { count })}
      query={query}
      testId="groups-page"
      actions={
        <>
          <Suspense>
            <ExportGroups filter={asked} />
          </Suspense>
          {isAdmin && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setCreating(true)}
              data-testid="new-group"
            >
              {t("groups.new")}
            </Button>
          )}
        </>
      }
      filters={<FilterBar filters={filters} />}
    >
      <GroupsTable
        query={query}
        {...sorting}
        empty={<NoGroups filters={filters} isAdmin={isAdmin} />}
      />
      {creating && (
        <Suspense>
          <CreateGroupDrawer
            onClose={() => setCreating(false)}
            onCreated={(id) => navigate(`/groups/${id}`)}
          />
        </Suspense>
      )}
    </ListPage>
  );
}

function FilterBar({ filters }: { filters: Filter }) {
  const { values, set } = filters;
  return (
    <>
      <SearchInput
        label={t("groups.search")}
        value={values.q}
        onSearch={(text) => set({ q: text.trim() })}
        testId="groups-search"
        className={classes.search}
      />
      <CountyFilter
        value={values.county}
        onChange={(county) => set({ county })}
        testId="groups-county"
      />
      <Chips
        label={t("groups.status")}
        options={STATUSES.map((value) => ({ value, text: t(STATUS_WORDS[value]) }))}
        value={oneOf(values.status, STATUSES)}
        onChange={(status) => set({ status })}
        testId="groups-status"
      />
      <ChosenGroups value={values.group} onChange={(group) => set({ group })} />
    </>
  );
}

function NoGroups({ filters, isAdmin }: { filters: Filter; isAdmin: boolean }) {
  if (filters.narrowed) {
    return (
      <Empty
        title={t("groups.noMatch")}
        hint={t("groups.noMatchHint")}
        action={
          <Button variant="default" onClick={filters.clear}>
            {t("groups.clear")}
          </Button>
        }
      />
    );
  }
  const hint = t(isAdmin ? "groups.emptyHint" : "groups.emptyOfficer");
  return <Empty title={t("groups.empty")} hint={hint} />;
}
