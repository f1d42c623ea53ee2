/** What groups own and whose it is, month by month, and what each member has saved. */
import {
  ReportFundsDocument,
  type ReportFundsQuery,
  type ReportMonthsQuery,
  ReportSavingsDocument,
  type ReportSavingsQuery,
} from "../../gen/graphql";
import { type MessageKey, t } from "../../i18n";
import { groupColumn, money } from "./cells";
import { BY_MONTH, type Month, type MonthReport, monthColumns } from "./month-report";
import {
  type AnyReport,
  address,
  type Figure,
  groupsOf,
  type Report,
  type ReportColumn,
} from "./report";

type Saver = ReportSavingsQuery["members"]["edges"][number]["node"];

const FUND = [
  "cashInHand",
  "bank",
  "mpesa",
  "shortTermLoans",
  "longTermLoans",
  "projectLoans",
  "total",
  "memberSavings",
  "welfareFund",
  "projectFund",
  "externalLoans",
  "dividendsPayable",
  "suspense",
  "surplus",
] as const;
/** Heads must fit over an amount. */
const SHORT: Partial<Record<(typeof FUND)[number], MessageKey>> = {
  cashInHand: "account.CASH",
  memberSavings: "kind.REGULAR",
  total: "report.trfTotal",
};
const SHOWN: readonly string[] = ["cashInHand", "bank", "mpesa", "memberSavings", "surplus"];

/** All fourteen are in the export; on the screen the sum, what is at hand, and whose it is. */
function sight(name: (typeof FUND)[number]): ReportColumn<Month>["hide"] {
  if (name === "total") return undefined;
  return SHOWN.includes(name) ? "narrow" : "always";
}

const trfColumns = (): ReportColumn<Month>[] => [
  ...monthColumns("medium"),
  ...FUND.map((name) => ({
    key: name,
    header: t(SHORT[name] ?? `trf.${name}`),
    kind: "money" as const,
    hide: sight(name),
    value: (month: Month) => month.trf[name],
  })),
];

const trfFigures = ({ kpis }: ReportMonthsQuery): Figure[] => {
  const end = kpis.series.at(-1)?.trf;
  if (!end) return [];
  return [
    money("total", t("report.trfTotal"), end.total),
    money("savings", t("trf.memberSavings"), end.memberSavings),
    money("surplus", t("trf.surplus"), end.surplus),
  ];
};

const trf: MonthReport = {
  ...BY_MONTH,
  key: "trf",
  title: "report.trf",
  hint: "report.trfHint",
  columns: trfColumns,
  figures: trfFigures,
  list: ({ group, county }) => (group ? `/groups/${group}` : address("/groups", { county })),
};

const savingsColumns = (): ReportColumn<Saver>[] => [
  { key: "member", header: t("picker.member"), value: ({ memberName }) => memberName },
  groupColumn("narrow"),
  {
    key: "state",
    header: t("members.state"),
    width: "96px",
    hide: "medium",
    value: ({ isActive }) => t(isActive ? "members.active" : "members.left"),
  },
  {
    key: "regular",
    header: t("report.savingsKes"),
    kind: "money",
    sum: true,
    value: ({ savingsSummary }) => savingsSummary.regular,
  },
  {
    key: "welfare",
    header: t("report.welfareKes"),
    kind: "money",
    sum: true,
    hide: "narrow",
    value: ({ savingsSummary }) => savingsSummary.welfare,
  },
  {
    key: "project",
    header: t("report.projectKes"),
    kind: "money",
    sum: true,
    hide: "narrow",
    value: ({ savingsSummary }) => savingsSummary.project,
  },
  {
    key: "months",
    header: t("report.monthsInARow"),
    kind: "number",
    width: "124px",
    hide: "medium",
    value: ({ savingsSummary }) => savingsSummary.consecutiveMonths,
  },
];

const savingsTotals = ({ kpis }: ReportFundsQuery): Figure[] => [
  money("savings", t("trf.memberSavings"), kpis.atEnd.trf.memberSavings),
  money("welfare", t("trf.welfareFund"), kpis.atEnd.trf.welfareFund),
  money("project", t("trf.projectFund"), kpis.atEnd.trf.projectFund),
];

const savings: Report<Saver, ReportSavingsQuery, ReportFundsQuery> = {
  key: "savings",
  title: "report.savings",
  hint: "report.savingsHint",
  narrowing: ["group", "county"],
  document: ReportSavingsDocument,
  variables: groupsOf,
  pick: ({ members }) => members,
  rowKey: ({ id }) => id,
  columns: savingsColumns,
  totals: {
    document: ReportFundsDocument,
    variables: (asked) => ({ ...groupsOf(asked), day: asked.today }),
    figures: savingsTotals,
  },
  list: ({ group }) => address("/members", { group }),
};

export const FUND_REPORTS: readonly AnyReport[] = [trf, savings];
