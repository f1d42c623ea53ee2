/** What a person must look at: money that waits for a place, and what the phones and books disagree on. */

import { useMemo } from "react";
import { useConfig } from "../../api/config";
import { pageSource } from "../../api/page-source";
import { Chips } from "../../components/Chips";
import type { Column } from "../../components/DataTable";
import { FilterSelect } from "../../components/FilterSelect";
import { GroupPicker } from "../../components/GroupPicker";
import { Money } from "../../components/Money";
import { PagedList } from "../../components/PagedList";
import { RowCard } from "../../components/RowCard";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import {
  ReviewItemsDocument,
  type ReviewItemsQuery,
  type ReviewKind,
  type ReviewStatus,
} from "../../gen/graphql";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters, useOpened } from "../../lib/use-filters";
import { ReviewPanel } from "./ReviewPanel";
import { type ReviewFilter, type ReviewRow, useReviewItemsInfiniteQuery } from "./review-api";
import { KINDS, kindText, STATUSES, TONES, whyText } from "./review-words";

const ANY = "ALL";

export default function ReviewPage() {
  const filters = useFilters({ group: "", kind: "", status: "OPEN" });
  const [opened, open] = useOpened("item");
  const asked = useMemo(() => toQuery(filters.values), [filters.values]);
  const query = useReviewItemsInfiniteQuery(asked, { refetchOnFocus: true });
  const { currency } = useConfig();
  return (
    <PagedList
      title={t("nav.review")}
      count={(count) => t("review.count", { count })}
      query={query}
      testId="review"
      filters={<Filters filters={filters} />}
      panel={opened && <ReviewPanel id={opened} onClose={() => open(null)} />}
      exported={{
        columns: exportColumns(),
        source: pageSource(
          ReviewItemsDocument,
          asked,
          (answer: ReviewItemsQuery) => answer.reviewItems,
        ),
      }}
      rowTestId="review-row"
      columns={columns(currency)}
      card={card}
      onOpen={open}
      selectedKey={opened}
      empty={<Nothing narrowed={filters.narrowed} />}
    ></PagedList>
  );
}

type Values = { group: string; kind: string; status: string };

function toQuery({ group, kind, status }: Values): ReviewFilter {
  return {
    groupId: group || null,
    kind: (KINDS as readonly string[]).includes(kind) ? (kind as ReviewKind) : null,
    status: (STATUSES as readonly string[]).includes(status) ? (status as ReviewStatus) : null,
  };
}

function Filters({ filters }: { filters: ReturnType<typeof useFilters<keyof Values>> }) {
  const { values, set } = filters;
  return (
    <>
      <GroupPicker
        all={t("review.allGroups")}
        value={values.group}
        onChange={(group) => set({ group })}
        testId="review-group"
      />
      <FilterSelect
        label={t("review.what")}
        all={t("review.allKinds")}
        options={KINDS.map((value) => ({ value, label: t(`review.kind.${value}`) }))}
        value={values.kind}
        onChange={(kind) => set({ kind })}
        testId="review-kind"
      />
      <Chips
        label={t("review.status")}
        options={[
          ...STATUSES.map((value) => ({
            value: value as string,
            text: t(`review.status.${value}`),
          })),
          { value: ANY, text: t("review.status.ALL") },
        ]}
        value={values.status}
        onChange={(status) => set({ status })}
        testId="review-status"
      />
    </>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  if (narrowed) return <Empty title={t("review.noMatch")} hint={t("review.noMatchHint")} />;
  return <Empty title={t("review.empty")} hint={t("review.emptyHint")} />;
}

function signed({ amount, direction }: ReviewRow) {
  if (!direction) return "—";
  return (
    <>
      {direction === "CASH_OUT" ? "\u2212" : "+"}
      <Money value={amount} />
    </>
  );
}

const columns = (currency: string): Column<ReviewRow>[] => [
  {
    key: "when",
    header: t("review.since"),
    width: "124px",
    render: ({ createdAt }) => momentText(createdAt),
  },
  { key: "kind", header: t("review.what"), width: "minmax(190px, 1.2fr)", render: kindText },
  {
    key: "why",
    header: t("review.reason"),
    width: "minmax(140px, 2fr)",
    hide: "medium",
    render: (row) => <span title={whyText(row)}>{whyText(row)}</span>,
  },
  {
    key: "group",
    header: t("picker.group"),
    width: "minmax(100px, 1fr)",
    hide: "narrow",
    render: ({ group }) => group.name,
  },
  {
    key: "amount",
    header: t("review.amount", { currency }),
    width: "148px",
    align: "end",
    render: signed,
  },
  {
    key: "status",
    header: t("review.status"),
    width: "112px",
    hide: "medium",
    render: ({ status }) => (
      <StatusBadge tone={TONES[status]} text={t(`review.status.${status}`)} />
    ),
  },
];

const card = (row: ReviewRow) => (
  <RowCard
    title={kindText(row)}
    amount={signed(row)}
    detail={`${momentText(row.createdAt)} · ${row.group.name}`}
    state={<StatusBadge tone={TONES[row.status]} text={t(`review.status.${row.status}`)} />}
  />
);

const exportColumns = (): ExportColumn<ReviewRow>[] => [
  { header: t("review.since"), value: ({ createdAt }) => momentText(createdAt) },
  { header: t("review.what"), value: kindText },
  { header: t("review.reason"), value: whyText },
  { header: t("picker.group"), value: ({ group }) => group.name },
  { header: t("picker.member"), value: ({ member }) => member?.memberName },
  { header: t("review.officer"), value: ({ officer }) => officer?.name },
  {
    header: t("review.claim.amount"),
    kind: "money",
    value: ({ amount, direction }) =>
      direction ? (direction === "CASH_OUT" ? `-${amount}` : amount) : null,
  },
  { header: t("review.status"), value: ({ status }) => t(`review.status.${status}`) },
];
