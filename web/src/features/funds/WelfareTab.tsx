/** Payouts from the welfare fund: asked for, approved by those whom the amount asks for, paid. */

import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { useConfig } from "../../api/config";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import type { Column } from "../../components/DataTable";
import { GroupPicker } from "../../components/GroupPicker";
import { Money } from "../../components/Money";
import { PagedList } from "../../components/PagedList";
import { RowCard } from "../../components/RowCard";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { FundRequestsDocument, type FundRequestsQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters, useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { mayRecord, WELFARE, WELFARE_TONES } from "./funds";
import { useFundRequestsInfiniteQuery, type Welfare } from "./funds-api";
import { WelfarePanel } from "./WelfarePanel";

const RequestForm = lazy(() => import("./RequestForm"));

export function WelfareTab() {
  const { user } = useSession();
  const { currency } = useConfig();
  const filters = useFilters({ group: "", status: "" });
  const { values, set } = filters;
  const [opened, open] = useOpened("request");
  const [asking, setAsking] = useState(false);
  const asked = useMemo(
    () => ({
      groupId: values.group || null,
      status: WELFARE.find((status) => status === values.status) ?? null,
    }),
    [values],
  );
  const query = useFundRequestsInfiniteQuery(asked, { refetchOnFocus: true });
  return (
    <PagedList
      title={t("funds.welfare")}
      count={(count) => t("funds.requestCount", { count })}
      query={query}
      testId="welfare"
      actions={
        mayRecord(user?.role) && (
          <Button onClick={() => setAsking(true)} data-testid="new-request">
            {t("funds.ask")}
          </Button>
        )
      }
      filters={
        <>
          <GroupPicker
            all={t("review.allGroups")}
            value={values.group}
            onChange={(group) => set({ group })}
            testId="welfare-group"
          />
          <Chips
            label={t("review.status")}
            options={[
              { value: "", text: t("review.status.ALL") },
              ...WELFARE.map((value) => ({
                value: value as string,
                text: t(`funds.status.${value}`),
              })),
            ]}
            value={values.status}
            onChange={(status) => set({ status })}
            testId="welfare-status"
          />
        </>
      }
      panel={opened && <WelfarePanel id={opened} onClose={() => open(null)} />}
      exported={{
        columns: exportColumns(),
        source: pageSource(
          FundRequestsDocument,
          asked,
          (answer: FundRequestsQuery) => answer.welfareRequests,
        ),
      }}
      rowTestId="welfare-row"
      columns={columns(currency)}
      card={card}
      onOpen={open}
      selectedKey={opened}
      empty={<Empty title={t(filters.narrowed ? "review.noMatch" : "funds.noRequests")} />}
    >
      {asking && (
        <Suspense>
          <RequestForm groupId={values.group} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </PagedList>
  );
}

const badge = ({ status }: Welfare) => (
  <StatusBadge tone={WELFARE_TONES[status]} text={t(`funds.status.${status}`)} />
);

const columns = (currency: string): Column<Welfare>[] => [
  {
    key: "date",
    header: t("funds.askedOn"),
    width: "108px",
    hide: "narrow",
    render: ({ requestedOn }) => plainDate(requestedOn),
  },
  {
    key: "member",
    header: t("picker.member"),
    width: "minmax(120px, 1fr)",
    render: ({ member }) => member.memberName,
  },
  {
    key: "reason",
    header: t("month.reason"),
    width: "minmax(120px, 2fr)",
    hide: "medium",
    render: ({ reason }) => reason,
  },
  {
    key: "group",
    header: t("picker.group"),
    width: "minmax(110px, 1fr)",
    hide: "medium",
    render: ({ group }) => group.name,
  },
  { key: "status", header: t("review.status"), width: "124px", render: badge },
  {
    key: "amount",
    header: t("funds.amount", { currency }),
    width: "116px",
    align: "end",
    render: ({ amount }) => <Money value={amount} />,
  },
];

const card = (row: Welfare) => (
  <RowCard
    title={row.member.memberName}
    amount={<Money value={row.amount} />}
    detail={`${plainDate(row.requestedOn)} · ${row.reason}`}
    state={badge(row)}
  />
);

const exportColumns = (): ExportColumn<Welfare>[] => [
  { header: t("funds.askedOn"), kind: "date", value: ({ requestedOn }) => requestedOn },
  { header: t("picker.group"), value: ({ group }) => group.name },
  { header: t("picker.member"), value: ({ member }) => member.memberName },
  { header: t("month.reason"), value: ({ reason }) => reason },
  { header: t("review.claim.amount"), kind: "money", value: ({ amount }) => amount },
  { header: t("review.status"), value: ({ status }) => t(`funds.status.${status}`) },
  { header: t("funds.paidOn"), kind: "date", value: ({ paidOn }) => paidOn },
];
