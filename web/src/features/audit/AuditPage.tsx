/** Who did what to which record, newest first. Nothing here can be changed. */

import { Button, NativeSelect } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { nodes } from "../../api/groups";
import { pageSource } from "../../api/page-source";
import type { Column } from "../../components/DataTable";
import { DateSpan } from "../../components/DateSpan";
import { GroupPicker } from "../../components/GroupPicker";
import { KeyValues } from "../../components/KeyValues";
import { PagedList } from "../../components/PagedList";
import { PersonPicker } from "../../components/PersonPicker";
import { RowCard } from "../../components/RowCard";
import { SidePanel } from "../../components/SidePanel";
import { Empty } from "../../components/States";
import { AuditLogDocument, type AuditLogQuery } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { useWayTo } from "../../lib/places";
import { type Filters, useFilters, useOpened } from "../../lib/use-filters";
import { type AuditLine, useAuditLogInfiniteQuery } from "./audit-api";
import {
  ACTIONS,
  type AuditValues,
  actionText,
  detailText,
  recordAddress,
  toQuery,
} from "./audit-words";

const DEFAULTS: AuditValues = { group: "", person: "", action: "", from: "", to: "", record: "" };

export default function AuditPage() {
  const filters = useFilters<keyof AuditValues>(DEFAULTS);
  const [opened, open] = useOpened("entry");
  const asked = useMemo(() => toQuery(filters.values), [filters.values]);
  const query = useAuditLogInfiniteQuery(asked, { refetchOnFocus: true });
  const rows = nodes(query.currentData?.pages);
  const line = rows.find(({ id }) => id === opened);
  return (
    <PagedList
      title={t("nav.audit")}
      count={(count) => t("audit.count", { count })}
      query={query}
      testId="audit"
      filters={<AuditFilters filters={filters} />}
      panel={
        line && (
          <LinePanel
            line={line}
            onClose={() => open(null)}
            onRecord={(record) => filters.set({ ...DEFAULTS, record })}
          />
        )
      }
      exported={{
        columns: exportColumns(),
        source: pageSource(AuditLogDocument, asked, (answer: AuditLogQuery) => answer.auditLog),
      }}
      rowTestId="audit-row"
      columns={columns()}
      card={(row) => (
        <RowCard
          title={actionText(row.action)}
          detail={`${momentText(row.at)} · ${actorText(row)}`}
        />
      )}
      onOpen={open}
      selectedKey={opened}
      empty={
        <Empty
          title={t(filters.narrowed ? "audit.noMatch" : "audit.empty")}
          hint={filters.narrowed ? t("audit.noMatchHint") : undefined}
        />
      }
    ></PagedList>
  );
}

function AuditFilters({ filters }: { filters: Filters<keyof AuditValues> }) {
  const { values, set } = filters;
  return (
    <>
      <GroupPicker
        all={t("audit.allGroups")}
        value={values.group}
        onChange={(group) => set({ group })}
        testId="audit-group"
      />
      <PersonPicker
        all={t("audit.everybody")}
        value={values.person}
        onChange={(person) => set({ person })}
        testId="audit-person"
      />
      <NativeSelect
        aria-label={t("audit.what")}
        value={values.action}
        onChange={(event) => set({ action: event.currentTarget.value })}
        data={[
          { value: "", label: t("audit.everything") },
          ...Object.entries(ACTIONS).map(([family, actions]) => ({
            group: label("auditFamily", family),
            items: actions.map((value) => ({ value, label: actionText(value) })),
          })),
        ]}
        data-testid="audit-action"
      />
      <DateSpan value={values} onChange={({ from, to }) => set({ from, to })} testId="audit" />
      {filters.narrowed && (
        <Button variant="default" onClick={filters.clear} data-testid="audit-clear">
          {t(values.record ? "audit.clearRecord" : "audit.clear")}
        </Button>
      )}
    </>
  );
}

const actorText = ({ actor }: AuditLine) => actor?.name ?? t("audit.system");

type PanelProps = { line: AuditLine; onClose: () => void; onRecord: (id: string) => void };

function LinePanel({ line, onClose, onRecord }: PanelProps) {
  const way = useWayTo();
  const address = recordAddress(line);
  const to = address && way(address);
  const { entityId } = line;
  return (
    <SidePanel title={actionText(line.action)} onClose={onClose} testId="audit-panel">
      <KeyValues
        items={[
          { name: t("audit.when"), value: momentText(line.at) },
          { name: t("audit.who"), value: actorText(line) },
          { name: t("picker.group"), value: line.group?.name },
          { name: t("audit.detail"), value: detailText(line) },
        ]}
      />
      {to && <Link to={to}>{t("audit.open")}</Link>}
      {entityId && (
        <Button variant="default" onClick={() => onRecord(entityId)} data-testid="audit-record">
          {t("audit.record")}
        </Button>
      )}
    </SidePanel>
  );
}

const columns = (): Column<AuditLine>[] => [
  { key: "at", header: t("audit.when"), width: "116px", render: ({ at }) => momentText(at) },
  { key: "who", header: t("audit.who"), width: "minmax(110px, 1fr)", render: actorText },
  {
    key: "what",
    header: t("audit.what"),
    width: "minmax(150px, 2fr)",
    render: ({ action }) => actionText(action),
  },
  {
    key: "group",
    header: t("picker.group"),
    width: "minmax(100px, 1fr)",
    hide: "narrow",
    render: ({ group }) => group?.name ?? "—",
  },
  {
    key: "detail",
    header: t("audit.detail"),
    width: "minmax(140px, 2fr)",
    hide: "medium",
    render: (line) => <span title={detailText(line)}>{detailText(line)}</span>,
  },
];

const exportColumns = (): ExportColumn<AuditLine>[] => [
  { header: t("audit.when"), value: ({ at }) => at },
  { header: t("audit.who"), value: actorText },
  { header: t("audit.what"), value: ({ action }) => actionText(action) },
  { header: t("picker.group"), value: ({ group }) => group?.name },
  { header: t("audit.detail"), value: detailText },
];
