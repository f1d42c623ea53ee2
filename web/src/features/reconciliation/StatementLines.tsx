/** The lines of the statements beside the entries of the books: what only one side knows comes first. */
import { Button } from "@mantine/core";
import { nodes } from "../../api/groups";
import { Chips } from "../../components/Chips";
import { type Column, DataTable } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { RowCard } from "../../components/RowCard";
import { Empty, Failed, LoadingRows } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import type { MoneyAccount } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { asRequestError, errorText } from "../../lib/error-text";
import { oneOf, useFilters, useOpened } from "../../lib/use-filters";
import { LinePanel } from "./LinePanel";
import classes from "./Reconciliation.module.css";
import {
  type BankLine,
  type BookMove,
  type Month,
  type MonthKey,
  useMatchStatementsMutation,
  useMonthLinesInfiniteQuery,
  useMonthPostingsInfiniteQuery,
} from "./reconciliation-api";

type Props = { month: Month; monthKey: MonthKey; mayMatch: boolean };
type Shown = "open" | "matched" | "books";
const SHOWN = ["open", "matched", "books"] as const;

export function StatementLines({ month, monthKey, mayMatch }: Props) {
  const filters = useFilters({ account: "", show: "open" });
  const imported = month.accounts.filter(({ statement }) => statement?.source === "IMPORTED");
  const [first] = imported;
  if (!first) {
    return mayMatch && <p className={classes.soft}>{t("month.noneImported")}</p>;
  }
  const names = imported.map(({ account }) => account) as [MoneyAccount, ...MoneyAccount[]];
  const account = oneOf(filters.values.account, names);
  const show = oneOf(filters.values.show, SHOWN);
  const chosen = imported.find((one) => one.account === account) ?? first;
  return (
    <section className={classes.lines} aria-label={t("month.lines")} data-testid="statement-lines">
      <div className={classes.headLine}>
        <h2 className={classes.heading}>{t("month.lines")}</h2>
        {names.length > 1 && (
          <Chips
            label={t("entry.account")}
            options={names.map((value) => ({ value, text: t(`account.${value}`) }))}
            value={account}
            onChange={(value) => filters.set({ account: value })}
            testId="lines-account"
          />
        )}
        <Chips<Shown>
          label={t("month.show")}
          options={[
            { value: "open", text: t("month.show.open", { count: chosen.unmatchedLines }) },
            { value: "books", text: t("month.show.books", { count: chosen.unmatchedPostings }) },
            { value: "matched", text: t("month.show.matched") },
          ]}
          value={show}
          onChange={(value) => filters.set({ show: value })}
          testId="lines-show"
        />
        <span className={classes.spring} />
        {mayMatch && <MatchAgain monthKey={monthKey} />}
      </div>
      {show === "books" ? (
        <Postings monthKey={monthKey} account={account} />
      ) : (
        <Lines
          monthKey={monthKey}
          account={account}
          matched={show === "matched"}
          mayMatch={mayMatch}
        />
      )}
    </section>
  );
}

function MatchAgain({ monthKey }: { monthKey: MonthKey }) {
  const [match, { isLoading, error, isSuccess }] = useMatchStatementsMutation();
  return (
    <>
      <span role="status" className={classes.soft}>
        {error ? errorText(asRequestError(error)) : isSuccess && t("month.matchedAgain")}
      </span>
      <Button
        variant="default"
        loading={isLoading}
        onClick={() => void match(monthKey)}
        data-testid="match-all"
      >
        {t("month.match")}
      </Button>
    </>
  );
}

type LinesProps = {
  monthKey: MonthKey;
  account: MoneyAccount;
  matched: boolean;
  mayMatch: boolean;
};

function Lines({ monthKey, account, matched, mayMatch }: LinesProps) {
  const [opened, open] = useOpened("line");
  const query = useMonthLinesInfiniteQuery({ ...monthKey, account, matched });
  const pages = query.currentData?.pages;
  const rows = nodes(pages);
  const line = rows.find(({ id }) => id === opened);
  if (!pages) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  return (
    <div className={classes.beside}>
      <div className={classes.table}>
        <DataTable
          label={t("month.lines")}
          testId="lines-table"
          rows={rows}
          rowKey={({ id }) => id}
          rowTestId="line-row"
          columns={lineColumns()}
          card={lineCard}
          onOpen={({ id }) => open(id)}
          selectedKey={opened}
          hasMore={query.hasNextPage && !query.isError}
          loadingMore={query.isFetching}
          onMore={query.fetchNextPage}
          empty={<Empty title={t(matched ? "month.noneMatched" : "month.allMatched")} />}
        />
      </div>
      {line && (
        <LinePanel
          key={line.id}
          line={line}
          monthKey={monthKey}
          mayMatch={mayMatch}
          onClose={() => open(null)}
        />
      )}
    </div>
  );
}

const lineColumns = (): Column<BankLine>[] => [
  {
    key: "date",
    header: t("common.date"),
    width: "112px",
    render: ({ date }) => plainDate(date),
  },
  {
    key: "details",
    header: t("month.details"),
    width: "minmax(120px, 2fr)",
    hide: "narrow",
    render: ({ details }) => <span title={details ?? ""}>{details ?? "—"}</span>,
  },
  {
    key: "reference",
    header: t("month.reference"),
    width: "minmax(90px, 1fr)",
    render: ({ reference }) => reference || "—",
  },
  {
    key: "amount",
    header: t("ledger.amount"),
    width: "112px",
    align: "end",
    render: ({ amount }) => <Money value={amount} />,
  },
  {
    key: "state",
    header: t("review.status"),
    width: "172px",
    hide: "medium",
    render: lineState,
  },
];

function lineState({ entries, candidates, bookedEntryId }: BankLine) {
  if (bookedEntryId && entries.length > 0) {
    return <StatusBadge tone="good" text={t("month.line.booked")} />;
  }
  if (entries.length > 0) return <StatusBadge tone="good" text={t("month.line.matched")} />;
  const text = candidates.length
    ? t("month.line.candidates", { count: candidates.length })
    : t("month.line.unknown");
  return <StatusBadge tone="waiting" text={text} />;
}

const lineCard = (line: BankLine) => (
  <RowCard
    title={line.reference || line.details || "—"}
    amount={<Money value={line.amount} />}
    detail={plainDate(line.date)}
    state={lineState(line)}
  />
);

/** Entries that no line of the statement shows. */
function Postings({ monthKey, account }: { monthKey: MonthKey; account: MoneyAccount }) {
  const query = useMonthPostingsInfiniteQuery({ ...monthKey, account });
  const pages = query.currentData?.pages;
  if (!pages) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  const rows = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <div className={classes.table}>
      <DataTable
        label={t("month.show.booksTitle")}
        testId="postings-table"
        rows={rows}
        rowKey={({ entryId }) => entryId}
        rowTestId="posting-row"
        columns={moveColumns()}
        hasMore={query.hasNextPage && !query.isError}
        loadingMore={query.isFetching}
        onMore={query.fetchNextPage}
        empty={<Empty title={t("month.allMatched")} />}
      />
    </div>
  );
}

const moveColumns = (): Column<BookMove>[] => [
  {
    key: "date",
    header: t("common.date"),
    width: "112px",
    render: ({ bookingDate }) => plainDate(bookingDate),
  },
  {
    key: "kind",
    header: t("review.what"),
    width: "minmax(100px, 1fr)",
    render: ({ kind }) => label("entryKind", kind),
  },
  {
    key: "reference",
    header: t("month.reference"),
    width: "minmax(120px, 1fr)",
    hide: "narrow",
    render: ({ reference, codes }) => [reference, ...codes].join(" · "),
  },
  {
    key: "amount",
    header: t("ledger.amount"),
    width: "112px",
    align: "end",
    render: ({ amount }) => <Money value={amount} />,
  },
];
