/** Fines that were charged, the oldest first; what is open is owed. */

import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { useConfig } from "../../api/config";
import { nodes } from "../../api/groups";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import type { Column } from "../../components/DataTable";
import { GroupPicker } from "../../components/GroupPicker";
import { KeyValues } from "../../components/KeyValues";
import { Money } from "../../components/Money";
import { PagedList } from "../../components/PagedList";
import { PanelHead } from "../../components/PanelHead";
import { RowCard } from "../../components/RowCard";
import { SidePanel } from "../../components/SidePanel";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { FundFinesDocument, type FundFinesQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters, useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import classes from "./Funds.module.css";
import { FINE_TONES, FINES, kes, mayRecord } from "./funds";
import { type Fine, useFundFinesInfiniteQuery } from "./funds-api";

const ChargeForm = lazy(() => import("./ChargeForm"));
const WaiveForm = lazy(() => import("./WaiveForm"));

export function FinesTab() {
  const { user } = useSession();
  const { currency } = useConfig();
  const filters = useFilters({ group: "", status: "OPEN" });
  const { values, set } = filters;
  const [opened, open] = useOpened("fine");
  const [form, setForm] = useState<"charge" | "waive" | null>(null);
  const asked = useMemo(
    () => ({
      groupId: values.group || null,
      status: FINES.find((status) => status === values.status) ?? null,
    }),
    [values],
  );
  const query = useFundFinesInfiniteQuery(asked, { refetchOnFocus: true });
  const rows = nodes(query.currentData?.pages);
  const fine = rows.find(({ id }) => id === opened);
  return (
    <PagedList
      title={t("funds.fines")}
      count={(count) => t("funds.fineCount", { count })}
      query={query}
      testId="fines"
      actions={
        mayRecord(user?.role) && (
          <Button onClick={() => setForm("charge")} data-testid="new-fine">
            {t("funds.charge")}
          </Button>
        )
      }
      filters={
        <>
          <GroupPicker
            all={t("review.allGroups")}
            value={values.group}
            onChange={(group) => set({ group })}
            testId="fines-group"
          />
          <Chips
            label={t("review.status")}
            options={[
              ...FINES.map((value) => ({ value: value as string, text: t(`funds.fine.${value}`) })),
              { value: "ALL", text: t("review.status.ALL") },
            ]}
            value={values.status}
            onChange={(status) => set({ status })}
            testId="fines-status"
          />
        </>
      }
      panel={
        fine && (
          <SidePanel title={fine.member.memberName} onClose={() => open(null)} testId="fine-panel">
            <div className={classes.stack}>
              <PanelHead amount={kes(fine.outstanding)}>{badge(fine)}</PanelHead>
              <KeyValues items={factsOf(fine)} />
              {fine.status === "OPEN" && user?.role === "SYSTEM_ADMIN" && (
                <Button variant="default" onClick={() => setForm("waive")} data-testid="waive-fine">
                  {t("funds.waive")}
                </Button>
              )}
            </div>
          </SidePanel>
        )
      }
      exported={{
        columns: exportColumns(),
        source: pageSource(
          FundFinesDocument,
          asked,
          (answer: FundFinesQuery) => answer.fineCharges,
        ),
      }}
      rowTestId="fine-row"
      columns={columns(currency)}
      card={card}
      onOpen={open}
      selectedKey={opened}
      empty={<Empty title={t(filters.narrowed ? "review.noMatch" : "funds.noFines")} />}
    >
      <Suspense>
        {form === "charge" && <ChargeForm groupId={values.group} onClose={() => setForm(null)} />}
        {form === "waive" && fine && <WaiveForm fine={fine} onClose={() => setForm(null)} />}
      </Suspense>
    </PagedList>
  );
}

const badge = ({ status }: Fine) => (
  <StatusBadge tone={FINE_TONES[status]} text={t(`funds.fine.${status}`)} />
);

const factsOf = (fine: Fine) => [
  { name: t("picker.group"), value: fine.group.name },
  { name: t("review.what"), value: t(`funds.reason.${fine.reason}`) },
  { name: t("review.note"), value: fine.note },
  { name: t("funds.chargedOn"), value: plainDate(fine.chargedOn) },
  { name: t("review.claim.amount"), value: kes(fine.amount), figure: true },
  { name: t("funds.paid"), value: kes(fine.paid), figure: true },
  { name: t("funds.waivedBy"), value: fine.waivedBy?.name },
];

const columns = (currency: string): Column<Fine>[] => [
  {
    key: "date",
    header: t("funds.chargedOn"),
    width: "108px",
    hide: "narrow",
    render: ({ chargedOn }) => plainDate(chargedOn),
  },
  {
    key: "member",
    header: t("picker.member"),
    width: "minmax(120px, 1fr)",
    render: ({ member }) => member.memberName,
  },
  {
    key: "reason",
    header: t("review.what"),
    width: "minmax(120px, 1fr)",
    hide: "narrow",
    render: ({ reason }) => t(`funds.reason.${reason}`),
  },
  {
    key: "group",
    header: t("picker.group"),
    width: "minmax(110px, 1fr)",
    hide: "medium",
    render: ({ group }) => group.name,
  },
  { key: "status", header: t("review.status"), width: "112px", hide: "medium", render: badge },
  {
    key: "outstanding",
    header: t("funds.owed", { currency }),
    width: "116px",
    align: "end",
    render: ({ outstanding }) => <Money value={outstanding} />,
  },
];

const card = (row: Fine) => (
  <RowCard
    title={row.member.memberName}
    amount={<Money value={row.outstanding} />}
    detail={t(`funds.reason.${row.reason}`)}
    state={badge(row)}
  />
);

const exportColumns = (): ExportColumn<Fine>[] => [
  { header: t("funds.chargedOn"), kind: "date", value: ({ chargedOn }) => chargedOn },
  { header: t("picker.group"), value: ({ group }) => group.name },
  { header: t("picker.member"), value: ({ member }) => member.memberName },
  { header: t("review.what"), value: ({ reason }) => t(`funds.reason.${reason}`) },
  { header: t("review.note"), value: ({ note }) => note },
  { header: t("review.claim.amount"), kind: "money", value: ({ amount }) => amount },
  { header: t("funds.paid"), kind: "money", value: ({ paid }) => paid },
  { header: t("review.status"), value: ({ status }) => t(`funds.fine.${status}`) },
];
