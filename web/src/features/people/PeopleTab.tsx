/** Everybody who signs in: who they are, what they serve, and what their phones still hold. */

import { Button } from "@mantine/core";
import { formatPhone } from "@tablebanking/common/phone";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import { ExportMenu } from "../../components/ExportMenu";
import { FilterSelect } from "../../components/FilterSelect";
import { GroupPicker } from "../../components/GroupPicker";
import { ListPage } from "../../components/ListPage";
import { PagedTable } from "../../components/PagedTable";
import { RowCard } from "../../components/RowCard";
import { SearchInput } from "../../components/SearchInput";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { PeopleDocument, type PeopleQuery, type Role, type UserStatus } from "../../gen/graphql";
import { t } from "../../i18n";
import { type Filters, useFilters, useOpened } from "../../lib/use-filters";
import { useSort } from "../../lib/use-sort";
import { CodeWindow } from "./CodeWindow";
import { PersonPanel } from "./PersonPanel";
import {
  type NewCode,
  type PeopleFilter,
  type PersonRow,
  usePeopleInfiniteQuery,
} from "./people-api";
import { columns, exportColumns } from "./people-columns";
import { ROLES, STATUSES, TONES } from "./people-words";

const InviteDrawer = lazy(() => import("./InviteDrawer"));

const SORTED_BY = ["NAME", "SEEN"] as const;
const DEFAULTS = { q: "", role: "", status: "", group: "" };
type Values = typeof DEFAULTS;

export function PeopleTab() {
  const filters = useFilters<keyof Values>(DEFAULTS);
  const [opened, open] = useOpened("person");
  const [window, openWindow] = useOpened("new");
  const [code, setCode] = useState<NewCode | null>(null);
  const { order, ...sorting } = useSort(SORTED_BY, "NAME_ASC");
  const asked = useMemo(
    () => ({ ...toQuery(filters.values), sort: order }),
    [filters.values, order],
  );
  const query = usePeopleInfiniteQuery(asked, { refetchOnFocus: true });
  return (
    <>
      <ListPage
        title={t("nav.people")}
        count={(count) => t("people.count", { count })}
        query={query}
        testId="people-page"
        filters={<PeopleFilters filters={filters} />}
        actions={<Actions asked={asked} onInvite={() => openWindow("person")} />}
        panel={opened && <PersonPanel id={opened} onClose={() => open(null)} onCode={setCode} />}
      >
        <PagedTable
          label={t("nav.people")}
          testId="people-table"
          query={query}
          rowTestId="person-row"
          columns={columns()}
          {...sorting}
          card={card}
          onOpen={open}
          selectedKey={opened}
          empty={<Nobody narrowed={filters.narrowed} />}
        />
      </ListPage>
      {window === "person" && (
        <Suspense>
          <InviteDrawer
            onClose={() => openWindow(null)}
            onInvited={(made) => {
              openWindow(null);
              setCode(made);
            }}
          />
        </Suspense>
      )}
      {code && <CodeWindow issued={code} onClose={() => setCode(null)} />}
    </>
  );
}

function Actions({ asked, onInvite }: { asked: PeopleFilter; onInvite: () => void }) {
  return (
    <>
      <ExportMenu
        title={t("nav.people")}
        columns={exportColumns()}
        source={pageSource(PeopleDocument, asked, (answer: PeopleQuery) => answer.users)}
      />
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={onInvite}
        data-testid="invite"
      >
        {t("people.invite")}
      </Button>
    </>
  );
}

function PeopleFilters({ filters }: { filters: Filters<keyof Values> }) {
  const { values, set } = filters;
  return (
    <>
      <SearchInput
        label={t("people.search")}
        value={values.q}
        onSearch={(q) => set({ q })}
        testId="people-search"
      />
      <FilterSelect
        label={t("people.role")}
        all={t("people.allRoles")}
        options={ROLES.map((value) => ({ value: value as string, label: t(`role.${value}`) }))}
        value={values.role}
        onChange={(role) => set({ role })}
        testId="people-role"
      />
      <GroupPicker
        all={t("people.allGroups")}
        value={values.group}
        onChange={(group) => set({ group })}
        testId="people-group"
      />
      <Chips
        label={t("people.status")}
        options={[
          { value: "", text: t("people.status.ALL") },
          ...STATUSES.map((value) => ({
            value: value as string,
            text: t(`people.status.${value}`),
          })),
        ]}
        value={values.status}
        onChange={(status) => set({ status })}
        testId="people-status"
      />
    </>
  );
}

function toQuery({ q, role, status, group }: Values): PeopleFilter {
  return {
    search: q.trim() || null,
    role: (ROLES as readonly string[]).includes(role) ? (role as Role) : null,
    status: (STATUSES as readonly string[]).includes(status) ? (status as UserStatus) : null,
    groupId: group || null,
  };
}

function Nobody({ narrowed }: { narrowed: boolean }) {
  if (narrowed) return <Empty title={t("people.noMatch")} hint={t("people.noMatchHint")} />;
  return <Empty title={t("people.empty")} hint={t("people.emptyHint")} />;
}

const card = (person: PersonRow) => (
  <RowCard
    title={person.name}
    detail={`${t(`role.${person.role}`)} · ${formatPhone(person.phone)}`}
    state={<StatusBadge tone={TONES[person.status]} text={t(`people.status.${person.status}`)} />}
  />
);
