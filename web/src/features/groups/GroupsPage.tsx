import { Button, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { groupRows, useGroupsInfiniteQuery, usePlacesQuery } from "../../api/groups";
import { Chips } from "../../components/Chips";
import { SearchInput } from "../../components/SearchInput";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import type { GroupStatus } from "../../gen/graphql";
import { t } from "../../i18n";
import { later } from "../../lib/later";
import { useSession } from "../../lib/use-session";
import classes from "./GroupsPage.module.css";
import { GroupsTable } from "./GroupsTable";

const ExportGroups = later(() => import("./ExportGroups"));
const CreateGroupDrawer = later(() => import("./CreateGroupDrawer"));

const STATUSES = ["", "ACTIVE", "INACTIVE"] as const;
const STATUS_WORDS = {
  "": "groups.all",
  ACTIVE: "status.ACTIVE",
  INACTIVE: "status.INACTIVE",
} as const;

/** The filter stands in the address, so that it can be sent to a colleague and survives Back. */
function useFilter() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const search = params.get("q") ?? "";
  const county = params.get("county") ?? "";
  const status = STATUSES.find((value) => value === params.get("status")) ?? "";
  return { search, county, status, set, clear: () => setParams({}, { replace: true }) };
}

export default function GroupsPage() {
  const navigate = useNavigate();
  const { user } = useSession();
  const filter = useFilter();
  const [creating, setCreating] = useState(false);
  const isAdmin = user?.role === "SYSTEM_ADMIN";
  const asked = {
    search: filter.search || null,
    county: filter.county || null,
    status: (filter.status || null) as GroupStatus | null,
  };
  const query = useGroupsInfiniteQuery(
    asked,
    // This list has no subscription: it is loaded anew when one comes back to it.
    { refetchOnFocus: true },
  );
  const rows = groupRows(query.currentData?.pages);
  const total = query.currentData?.pages[0]?.totalCount;

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t("groups.title")}</h1>
        {total !== undefined && (
          <span className={classes.count}>{t("groups.count", { count: total })}</span>
        )}
        <span className={classes.spring} />
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
      </header>
      <FilterBar filter={filter} />
      {query.isError && query.currentData && <StaleNotice retry={query.refetch} />}
      {!query.currentData && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!query.currentData && !query.isError && <LoadingRows />}
      {query.currentData && (
        <GroupsTable
          rows={rows}
          hasMore={query.hasNextPage}
          loadingMore={query.isFetchingNextPage}
          onMore={query.fetchNextPage}
          empty={<NoGroups filter={filter} isAdmin={isAdmin} />}
        />
      )}
      {creating && (
        <Suspense>
          <CreateGroupDrawer
            onClose={() => setCreating(false)}
            onCreated={(id) => navigate(`/groups/${id}`)}
          />
        </Suspense>
      )}
    </div>
  );
}

type Filter = ReturnType<typeof useFilter>;

function FilterBar({ filter }: { filter: Filter }) {
  const { data: places } = usePlacesQuery();
  const counties = (places ?? []).map(({ name }) => name);
  return (
    <div className={classes.filters}>
      <SearchInput
        label={t("groups.search")}
        value={filter.search}
        onSearch={(text) => filter.set("q", text.trim())}
        testId="groups-search"
        className={classes.search}
      />
      <NativeSelect
        aria-label={t("groups.county")}
        value={filter.county}
        onChange={(event) => filter.set("county", event.currentTarget.value)}
        data={[{ value: "", label: t("groups.allCounties") }, ...counties]}
        data-testid="groups-county"
      />
      <Chips
        label={t("groups.status")}
        options={STATUSES.map((value) => ({ value, text: t(STATUS_WORDS[value]) }))}
        value={filter.status}
        onChange={(value) => filter.set("status", value)}
        testId="groups-status"
      />
    </div>
  );
}

function NoGroups({ filter, isAdmin }: { filter: Filter; isAdmin: boolean }) {
  if (filter.search || filter.county || filter.status) {
    return (
      <Empty
        title={t("groups.noMatch")}
        hint={t("groups.noMatchHint")}
        action={
          <Button variant="default" onClick={filter.clear}>
            {t("groups.clear")}
          </Button>
        }
      />
    );
  }
  const hint = t(isAdmin ? "groups.emptyHint" : "groups.emptyOfficer");
  return <Empty title={t("groups.empty")} hint={hint} />;
}
