import type { Column } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { RowCard } from "../../components/RowCard";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { lineText } from "../../lib/line-text";
import classes from "./Books.module.css";
import type { Line } from "./ledger-merge";

/** Before the words, where they are never cut off. */
function Marks({ line, fresh }: { line: Line; fresh: ReadonlySet<string> }) {
  return (
    <>
      {fresh.has(line.id) && <span className={classes.freshMark}>{t("ledger.new")}</span>}
      {line.reversedById && <span className={classes.reversedMark}>{t("funds.reversed")}</span>}
    </>
  );
}

/** A line on a phone. */
export function ledgerCard(line: Line, fresh: ReadonlySet<string>) {
  return (
    <RowCard
      title={lineText(line)}
      amount={
        <>
          {line.category === "CASH_IN" ? "+" : "\u2212"}
          <Money value={line.amount} />
        </>
      }
      detail={`${plainDate(line.transactionDate)} · ${label("account", line.account)}`}
      state={<Marks line={line} fresh={fresh} />}
    />
  );
}

/** In and out have a column each, as on paper: nobody needs colours to tell them apart. */
export function ledgerColumns(currency: string, fresh: ReadonlySet<string>): Column<Line>[] {
  return [
    {
      key: "date",
      header: t("ledger.date"),
      width: "118px",
      hide: "narrow",
      render: (line) => plainDate(line.transactionDate),
    },
    {
      key: "day",
      header: t("ledger.date"),
      width: "64px",
      only: "narrow",
      render: (line) => plainDate(line.transactionDate).slice(0, -5),
    },
    {
      key: "what",
      header: t("ledger.what"),
      width: "minmax(0, 1fr)",
      render: (line) => (
        <span title={lineText(line)}>
          <Marks line={line} fresh={fresh} />
          {lineText(line)}
        </span>
      ),
    },
    {
      key: "account",
      header: t("ledger.account"),
      width: "72px",
      hide: "medium",
      render: (line) => label("account", line.account),
    },
    {
      key: "in",
      header: t("ledger.in", { currency }),
      width: "104px",
      align: "end",
      hide: "narrow",
      render: (line) => line.category === "CASH_IN" && <Money value={line.amount} />,
    },
    {
      key: "out",
      header: t("ledger.out", { currency }),
      width: "104px",
      align: "end",
      hide: "narrow",
      render: (line) =>
        line.category === "CASH_OUT" && (
          <>
            {"\u2212"}
            <Money value={line.amount} />
          </>
        ),
    },
    {
      key: "amount",
      header: t("ledger.amount"),
      width: "112px",
      align: "end",
      only: "narrow",
      render: (line) => (
        <>
          {line.category === "CASH_IN" ? "+" : "\u2212"}
          <Money value={line.amount} />
        </>
      ),
    },
    {
      key: "balance",
      header: t("ledger.balance", { currency }),
      width: "116px",
      align: "end",
      hide: "medium",
      render: (line) => <Money value={line.balanceAfter} />,
    },
  ];
}
