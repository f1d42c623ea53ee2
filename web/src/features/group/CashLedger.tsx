import { useMemo } from "react";
import { useConfig } from "../../api/config";
import { Chips } from "../../components/Chips";
import { DataTable } from "../../components/DataTable";
import { DateSpan } from "../../components/DateSpan";
import { Money } from "../../components/Money";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import classes from "./Books.module.css";
import type { LedgerTotals } from "./ledger-api";
import { ledgerCard, ledgerColumns } from "./ledger-columns";
import { type Filter, PERIODS, type Period, periodOf, periodStart } from "./ledger-filter";
import type { Ledger } from "./use-ledger";

const ACCOUNTS = ["", "CASH", "BANK", "MPESA"] as const;

const accountOptions = () =>
  ACCOUNTS.map((value) => ({
    value,
    text: value ? t(`account.${value}`) : t("ledger.allAccounts"),
  }));

const periodOptions = (): { value: Period; text: string }[] =>
  PERIODS.map((value) => ({ value, text: t(`period.${value}`) }));

type Props = {
  ledger: Ledger;
  fresh: ReadonlySet<string>;
  opened: string | null;
  onOpen: (id: string) => void;
};

export function CashLedger({ ledger, fresh, opened, onOpen }: Props) {
  const { filter, setFilter, asked, query, totals, lines } = ledger;
  const pages = query.currentData?.pages;
  return (
    <section className={`${classes.table} ${classes.ledger}`} aria-label={t("ledger.title")}>
      <FilterBar filter={filter} onChange={setFilter} count={totals?.totalCount} />
      <p className="visually-hidden" role="status">
        {fresh.size > 0 && t("ledger.arrived", { count: fresh.size })}
      </p>
      {query.isError && pages && <StaleNotice retry={query.refetch} />}
      {!pages && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!pages && !query.isError && <LoadingRows />}
      {pages && (
        <LedgerTable
          // Another selection starts at its own end.
          key={JSON.stringify(asked)}
          lines={lines}
          fresh={fresh}
          opened={opened}
          onOpen={onOpen}
          // After a failure it waits for the notice's button: it would ask again and again.
          hasMore={query.hasNextPage && !query.isError}
          // While anything is on its way, a further page would not be asked for.
          loadingMore={query.isFetching}
          onMore={query.fetchNextPage}
          totals={totals}
        />
      )}
    </section>
  );
}

type BarProps = { filter: Filter; onChange: (filter: Filter) => void; count?: number };

function FilterBar({ filter, onChange, count }: BarProps) {
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.heading}>{t("ledger.title")}</h2>
        {count !== undefined && (
          <span className={classes.soft}>{t("ledger.lines", { count })}</span>
        )}
        <span className={classes.spring} />
        <Chips
          label={t("ledger.account")}
          options={accountOptions()}
          value={filter.account}
          onChange={(account) => onChange({ ...filter, account })}
          testId="ledger-account"
        />
      </div>
      <div className={classes.bar}>
        <Chips
          label={t("ledger.period")}
          options={periodOptions()}
          value={periodOf(filter)}
          onChange={(period) =>
            period !== "own" && onChange({ ...filter, from: periodStart(period), to: "" })
          }
          testId="ledger-period"
        />
        <span className={classes.spring} />
        <DateSpan
          value={filter}
          onChange={(span) => onChange({ ...filter, ...span })}
          testId="ledger"
        />
      </div>
    </>
  );
}

type TableProps = {
  lines: Ledger["lines"];
  fresh: ReadonlySet<string>;
  opened: string | null;
  onOpen: (id: string) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
  totals?: LedgerTotals;
};

function LedgerTable({ lines, fresh, opened, onOpen, totals, ...paging }: TableProps) {
  const { currency } = useConfig();
  const columns = useMemo(() => ledgerColumns(currency, fresh), [currency, fresh]);
  return (
    <DataTable
      {...paging}
      label={t("ledger.title")}
      testId="cash-ledger"
      columns={columns}
      rows={lines}
      rowKey={(line) => line.id}
      rowTestId="ledger-row"
      rowClass={(line) => (fresh.has(line.id) ? classes.fresh : undefined)}
      card={(line) => ledgerCard(line, fresh)}
      onOpen={({ id }) => onOpen(id)}
      selectedKey={opened}
      followEnd={t("ledger.below")}
      empty={<Empty title={t("ledger.empty")} hint={t("ledger.emptyHint")} />}
      foot={totals && <Foot totals={totals} />}
    />
  );
}

function Foot({ totals }: { totals: LedgerTotals }) {
  const figures = [
    ["opening", totals.openingBalance],
    ["cashIn", totals.cashIn],
    ["cashOut", totals.cashOut],
    ["closing", totals.closingBalance],
  ] as const;
  return (
    <dl className={classes.foot} data-testid="ledger-totals">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`ledger.${name}`)}</dt>
          <dd data-testid={`ledger-total-${name}`}>
            <Money value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
