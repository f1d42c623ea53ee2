/** What moved beside contributions and loans, the newest first, with its entry and a way to take it back. */

import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { useConfig } from "../../api/config";
import { nodes } from "../../api/groups";
import { pageSource } from "../../api/page-source";
import type { Column } from "../../components/DataTable";
import { TO_DANGER } from "../../components/danger";
import { EntryLines } from "../../components/EntryLines";
import { FilterSelect } from "../../components/FilterSelect";
import { GroupPicker } from "../../components/GroupPicker";
import { KeyValues } from "../../components/KeyValues";
import { Money } from "../../components/Money";
import { PagedList } from "../../components/PagedList";
import { PanelHead } from "../../components/PanelHead";
import { ReverseForm } from "../../components/ReverseForm";
import { RowCard } from "../../components/RowCard";
import { SidePanel } from "../../components/SidePanel";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import {
  MoneyMovementsDocument,
  type MoneyMovementsQuery,
  type MovementKind,
} from "../../gen/graphql";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { receiptPage, receiptText } from "../../lib/receipt";
import { useFilters, useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import classes from "./Funds.module.css";
import { KINDS, kes, mayRecord } from "./funds";
import { type Movement, useMoneyMovementsInfiniteQuery } from "./funds-api";

const MovementForm = lazy(() => import("./MovementForm"));
const WithdrawForm = lazy(() => import("./WithdrawForm"));

export function MovementsTab() {
  const { user } = useSession();
  const { currency } = useConfig();
  const filters = useFilters({ group: "", kind: "" });
  const { values, set } = filters;
  const [opened, open] = useOpened("movement");
  const [form, setForm] = useState<"movement" | "withdraw" | null>(null);
  const asked = useMemo(
    () => ({
      groupId: values.group || null,
      kind: KINDS.find((kind) => kind === values.kind) ?? null,
    }),
    [values],
  );
  const query = useMoneyMovementsInfiniteQuery(asked, { refetchOnFocus: true });
  const rows = nodes(query.currentData?.pages);
  const movement = rows.find(({ id }) => id === opened);
  return (
    <PagedList
      title={t("funds.movements")}
      count={(count) => t("funds.movementCount", { count })}
      query={query}
      testId="movements"
      actions={
        mayRecord(user?.role) && (
          <>
            <Button
              variant="default"
              onClick={() => setForm("withdraw")}
              data-testid="new-withdrawal"
            >
              {t("funds.withdraw")}
            </Button>
            <Button onClick={() => setForm("movement")} data-testid="new-movement">
              {t("funds.newMovement")}
            </Button>
          </>
        )
      }
      filters={
        <>
          <GroupPicker
            all={t("review.allGroups")}
            value={values.group}
            onChange={(group) => set({ group })}
            testId="movements-group"
          />
          <FilterSelect
            label={t("review.what")}
            all={t("review.allKinds")}
            options={KINDS.map((value) => ({ value, label: kindText(value) }))}
            value={values.kind}
            onChange={(kind) => set({ kind })}
            testId="movements-kind"
          />
        </>
      }
      panel={
        movement && (
          <MovementPanel key={movement.id} movement={movement} onClose={() => open(null)} />
        )
      }
      exported={{
        columns: exportColumns(),
        source: pageSource(
          MoneyMovementsDocument,
          asked,
          (answer: MoneyMovementsQuery) => answer.movements,
        ),
      }}
      rowTestId="movement-row"
      columns={columns(currency)}
      card={card}
      onOpen={open}
      selectedKey={opened}
      empty={
        <Empty
          title={t(filters.narrowed ? "review.noMatch" : "funds.noMovements")}
          hint={filters.narrowed ? t("review.noMatchHint") : undefined}
        />
      }
    >
      {form && (
        <Suspense>
          {form === "movement" && (
            <MovementForm groupId={values.group} onClose={() => setForm(null)} />
          )}
          {form === "withdraw" && (
            <WithdrawForm groupId={values.group} onClose={() => setForm(null)} />
          )}
        </Suspense>
      )}
    </PagedList>
  );
}

const kindText = (kind: MovementKind) => label("movement", kind);

function MovementPanel({ movement, onClose }: { movement: Movement; onClose: () => void }) {
  const { user } = useSession();
  const [reversing, setReversing] = useState(false);
  const { kind, isReversed } = movement;
  const mayReverse =
    user?.role === "SYSTEM_ADMIN" && !isReversed && kind !== "REVERSAL" && kind !== "PLACEMENT";
  return (
    <SidePanel title={kindText(kind)} onClose={onClose} testId="movement-panel">
      <div className={classes.stack}>
        <PanelHead amount={kes(movement.amount)}>
          {isReversed && <StatusBadge tone="quiet" text={t("funds.reversed")} />}
        </PanelHead>
        <KeyValues
          items={[
            { name: t("picker.group"), value: movement.group.name },
            { name: t("picker.member"), value: movement.member?.memberName },
            { name: t("funds.description"), value: movement.description },
            { name: t("common.date"), value: plainDate(movement.movementDate) },
            {
              name: t("funds.method"),
              value: movement.account && t(`account.${movement.account}`),
            },
            { name: t("review.claim.code"), value: movement.transactionId },
            { name: t("funds.receipt"), value: receiptText(movement) },
            { name: t("receipt.page"), value: receiptPage() },
            { name: t("funds.by"), value: movement.recordedBy?.name },
          ]}
        />
        <EntryLines entryId={movement.entryId} title={t("review.books")} />
        {mayReverse && (
          <Button {...TO_DANGER} onClick={() => setReversing(true)} data-testid="reverse-movement">
            {t("funds.reverse")}
          </Button>
        )}
        {reversing && (
          <ReverseForm
            entryId={movement.entryId}
            amount={movement.amount}
            facts={[
              { name: t("review.what"), value: kindText(kind) },
              { name: t("picker.group"), value: movement.group.name },
              { name: t("picker.member"), value: movement.member?.memberName },
            ]}
            onClose={() => setReversing(false)}
          />
        )}
      </div>
    </SidePanel>
  );
}

const columns = (currency: string): Column<Movement>[] => [
  {
    key: "date",
    header: t("common.date"),
    width: "108px",
    render: ({ movementDate }) => plainDate(movementDate),
  },
  {
    key: "kind",
    header: t("review.what"),
    width: "minmax(120px, 1fr)",
    render: ({ kind, isReversed }) =>
      isReversed ? `${kindText(kind)} (${t("funds.reversed")})` : kindText(kind),
  },
  {
    key: "description",
    header: t("funds.description"),
    width: "minmax(120px, 2fr)",
    hide: "medium",
    render: ({ description, member }) =>
      [member?.memberName, description].filter(Boolean).join(": "),
  },
  {
    key: "group",
    header: t("picker.group"),
    width: "minmax(110px, 1fr)",
    hide: "narrow",
    render: ({ group }) => group.name,
  },
  {
    key: "amount",
    header: t("funds.amount", { currency }),
    width: "116px",
    align: "end",
    render: ({ amount }) => <Money value={amount} />,
  },
];

const card = (row: Movement) => (
  <RowCard
    title={kindText(row.kind)}
    amount={<Money value={row.amount} />}
    detail={`${plainDate(row.movementDate)} · ${row.group.name}`}
    state={row.isReversed && <StatusBadge tone="quiet" text={t("funds.reversed")} />}
  />
);

const exportColumns = (): ExportColumn<Movement>[] => [
  { header: t("common.date"), kind: "date", value: ({ movementDate }) => movementDate },
  { header: t("review.what"), value: ({ kind }) => kindText(kind) },
  { header: t("picker.group"), value: ({ group }) => group.name },
  { header: t("picker.member"), value: ({ member }) => member?.memberName },
  { header: t("funds.description"), value: ({ description }) => description },
  { header: t("funds.method"), value: ({ account }) => account && t(`account.${account}`) },
  { header: t("review.claim.amount"), kind: "money", value: ({ amount }) => amount },
  { header: t("funds.receipt"), value: ({ receiptNumber }) => receiptNumber },
  { header: t("funds.reversed"), value: ({ isReversed }) => (isReversed ? t("common.yes") : null) },
];
