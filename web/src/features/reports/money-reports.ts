/** The books of a group, what its members paid in, and what they share. */
import {
  CashLedgerDocument,
  type CashLedgerQuery,
  ReportContributionsDocument,
  type ReportContributionsQuery,
  ReportDividendsDocument,
  type ReportDividendsQuery,
  type ShareFragment,
} from "../../gen/graphql";
import { label, t } from "../../i18n";
import { lineText } from "../../lib/line-text";
import { count, memberColumn, money } from "./cells";
import {
  type AnyReport,
  address,
  type Figure,
  ofOneGroup,
  type Report,
  type ReportColumn,
  whole,
} from "./report";

type Node<C extends { edges: readonly { node: unknown }[] }> = C["edges"][number]["node"];
type Line = Node<CashLedgerQuery["cashLedger"]>;
type Contribution = Node<ReportContributionsQuery["contributions"]>;

const ledgerColumns = (): ReportColumn<Line>[] => [
  { key: "date", header: t("common.date"), kind: "date", value: (line) => line.transactionDate },
  {
    key: "kind",
    header: t("report.kind"),
    hide: "always",
    value: (line) => label("subcategory", line.subcategory),
  },
  { key: "what", header: t("ledger.what"), width: "minmax(160px, 3fr)", value: lineText },
  {
    key: "account",
    header: t("ledger.account"),
    width: "84px",
    hide: "medium",
    value: ({ account }) => label("account", account),
  },
  {
    key: "in",
    header: t("report.in"),
    kind: "money",
    sum: true,
    value: ({ category, amount }) => (category === "CASH_IN" ? amount : null),
  },
  {
    key: "out",
    header: t("report.moneyOut"),
    kind: "money",
    sum: true,
    value: ({ category, amount }) => (category === "CASH_OUT" ? amount : null),
  },
  {
    key: "balance",
    header: t("report.balance"),
    kind: "money",
    hide: "medium",
    value: ({ balanceAfter }) => balanceAfter,
  },
];

const ledgerFigures = ({ cashLedger }: CashLedgerQuery): Figure[] => [
  money("opening", t("ledger.opening"), cashLedger.openingBalance),
  money("in", t("ledger.cashIn"), cashLedger.cashIn),
  money("out", t("ledger.cashOut"), cashLedger.cashOut),
  money("closing", t("ledger.closing"), cashLedger.closingBalance),
];

const ledger: Report<Line, CashLedgerQuery> = {
  key: "ledger",
  title: "report.ledger",
  hint: "report.ledgerHint",
  narrowing: ["oneGroup", "period"],
  document: CashLedgerDocument,
  variables: ofOneGroup,
  pick: ({ cashLedger }) => cashLedger,
  rowKey: ({ id }) => id,
  columns: ledgerColumns,
  figures: ledgerFigures,
  list: ({ group }) => `/groups/${group}`,
};

const contributionsColumns = (): ReportColumn<Contribution>[] => [
  { key: "date", header: t("common.date"), kind: "date", value: (row) => row.contributionDate },
  memberColumn(),
  {
    key: "kind",
    header: t("report.kind"),
    value: ({ contributionType, isReversed }) => {
      const kind = label("kind", contributionType);
      return isReversed ? t("report.reversed", { kind }) : kind;
    },
  },
  {
    key: "method",
    header: t("ledger.account"),
    width: "84px",
    hide: "medium",
    value: ({ paymentMethod }) => label("account", paymentMethod),
  },
  {
    key: "receipt",
    header: t("report.receipt"),
    hide: "medium",
    value: ({ receiptNumber }) => receiptNumber,
  },
  {
    key: "by",
    header: t("report.by"),
    hide: "medium",
    value: ({ recordedBy }) => recordedBy.name,
  },
  {
    key: "amount",
    header: t("report.amount"),
    kind: "money",
    sum: true,
    // What was taken back is shown, and counts nothing.
    value: ({ amount, isReversed }) => (isReversed ? "0.00" : amount),
  },
];

const contributionsFigures = ({ contributions: found }: ReportContributionsQuery): Figure[] => [
  count("count", t("report.contributions"), found.totalCount),
  money("total", t("report.paidIn"), found.total),
];

const contributions: Report<Contribution, ReportContributionsQuery> = {
  key: "contributions",
  title: "report.contributions",
  hint: "report.contributionsHint",
  narrowing: ["oneGroup", "period"],
  document: ReportContributionsDocument,
  variables: ofOneGroup,
  pick: ({ contributions: found }) => found,
  rowKey: ({ id }) => id,
  columns: contributionsColumns,
  figures: contributionsFigures,
  list: ({ group }) => `/groups/${group}`,
};

const dividendsColumns = (): ReportColumn<ShareFragment>[] => [
  memberColumn(),
  {
    key: "savings",
    header: t("report.savingsKes"),
    kind: "money",
    sum: true,
    hide: "narrow",
    value: ({ memberSavings }) => memberSavings,
  },
  {
    key: "part",
    header: t("report.part"),
    kind: "number",
    hide: "medium",
    value: ({ sharePercentage }) => sharePercentage.toFixed(2),
  },
  {
    key: "amount",
    header: t("report.share"),
    kind: "money",
    sum: true,
    value: (row) => row.amount,
  },
  {
    key: "paid",
    header: t("report.paid"),
    kind: "date",
    hide: "narrow",
    value: ({ paidOn }) => paidOn,
  },
];

const dividendsFigures = ({ dividendRun: run }: ReportDividendsQuery): Figure[] =>
  run
    ? [
        count("status", t("review.status"), label("div.status", run.status)),
        money("profit", t("report.profit"), run.totalProfit),
        money("fees", t("report.fees"), run.appreciationFees),
        money("share", t("div.distributable"), run.distributable),
      ]
    : [];

const dividends: Report<ShareFragment, ReportDividendsQuery> = {
  key: "dividends",
  title: "report.dividends",
  hint: "report.dividendsHint",
  narrowing: ["oneGroup", "year"],
  document: ReportDividendsDocument,
  variables: ({ group, year }) => ({ groupId: group, fiscalYear: Number(year) }),
  pick: ({ dividendRun }) => whole(dividendRun?.allocations ?? []),
  rowKey: ({ member }) => member.id,
  columns: dividendsColumns,
  figures: dividendsFigures,
  list: ({ group, year }) => address("/dividends", { group, year }),
};

export const MONEY_REPORTS: readonly AnyReport[] = [ledger, contributions, dividends];
