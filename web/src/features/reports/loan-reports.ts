/** Loans out, arrears by their age, the portfolio at risk. */
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import {
  type LoanRowFragment,
  ReportArrearsDocument,
  type ReportArrearsQuery,
  ReportLoansDocument,
  ReportLoansOutDocument,
  type ReportLoansOutQuery,
  type ReportLoansQuery,
  type ReportMonthsQuery,
} from "../../gen/graphql";
import { t } from "../../i18n";
import { ageText, count, groupColumn, memberColumn, money, percent } from "./cells";
import { BY_MONTH, type Month, type MonthReport, monthColumns } from "./month-report";
import {
  type AnyReport,
  address,
  type Figure,
  groupsOf,
  type Report,
  type ReportColumn,
} from "./report";

type Loan = LoanRowFragment;

const who = (): ReportColumn<Loan>[] => [
  memberColumn("minmax(140px, 1.3fr)"),
  groupColumn("narrow"),
  { key: "county", header: t("groups.county"), hide: "always", value: ({ group }) => group.county },
  {
    key: "type",
    header: t("loans.type"),
    width: "104px",
    hide: "medium",
    value: ({ loanType }) => t(`loanType.${loanType}`),
  },
];

const owed = (): ReportColumn<Loan>[] => [
  {
    key: "amount",
    header: t("report.lent"),
    kind: "money",
    hide: "medium",
    value: ({ loanAmount }) => loanAmount,
  },
  {
    key: "out",
    header: t("report.out"),
    kind: "money",
    sum: true,
    value: ({ outstandingPrincipal }) => outstandingPrincipal,
  },
  {
    key: "arrears",
    header: t("report.arrears"),
    kind: "money",
    sum: true,
    hide: "narrow",
    value: ({ arrears }) => arrears,
  },
];

const loansOutColumns = (): ReportColumn<Loan>[] => [
  ...who(),
  {
    key: "paidOut",
    header: t("loans.paidOut"),
    kind: "date",
    hide: "medium",
    value: ({ disbursedOn }) => disbursedOn,
  },
  ...owed(),
  {
    key: "next",
    header: t("report.nextDue"),
    kind: "date",
    hide: "medium",
    value: ({ nextDueDate }) => nextDueDate,
  },
];

const loansOutTotals = ({ loanPipeline }: ReportLoansOutQuery): Figure[] => {
  const running = loanPipeline.find(({ stage }) => stage === "RUNNING");
  if (!running) return [];
  return [
    count("count", t("report.loans"), running.count),
    money("lent", t("report.lent"), running.amount),
    money("out", t("report.out"), running.outstanding),
  ];
};

const loansOut: Report<Loan, ReportLoansQuery, ReportLoansOutQuery> = {
  key: "loans",
  title: "report.loans",
  hint: "report.loansHint",
  narrowing: ["group", "county"],
  document: ReportLoansDocument,
  variables: (asked) => ({ ...groupsOf(asked), stage: "RUNNING" }),
  pick: ({ loans }) => loans,
  rowKey: ({ id }) => id,
  columns: loansOutColumns,
  totals: {
    document: ReportLoansOutDocument,
    variables: groupsOf,
    figures: loansOutTotals,
  },
  list: ({ group, county }) => address("/loans", { stage: "RUNNING", group, county }),
};

const arrearsColumns = (): ReportColumn<Loan>[] => [
  ...who(),
  ...owed(),
  {
    key: "age",
    header: t("report.age"),
    width: "130px",
    value: (loan) => ageText(loan.daysOverdue),
  },
  {
    key: "days",
    header: t("loans.days"),
    kind: "number",
    value: ({ daysOverdue }) => daysOverdue,
  },
];

const arrears: Report<Loan, ReportLoansQuery, ReportArrearsQuery> = {
  key: "arrears",
  title: "report.arrearsByAge",
  hint: "report.arrearsHint",
  narrowing: ["group", "county"],
  document: ReportLoansDocument,
  variables: (asked) => ({ ...groupsOf(asked), stage: "OVERDUE" }),
  pick: ({ loans }) => loans,
  rowKey: ({ id }) => id,
  columns: arrearsColumns,
  totals: {
    document: ReportArrearsDocument,
    variables: groupsOf,
    figures: ageFigures,
  },
  list: ({ group, county }) => address("/loans", { stage: "OVERDUE", group, county }),
};

/** The principal out of loans by the age of their oldest late instalment: "over 30" less "over 60". */
export function ageFigures({ day0, day30, day60, day90 }: ReportArrearsQuery): Figure[] {
  const none = { atRisk: "0.00", loansAtRisk: 0 };
  const classes = [
    ["30", day0, day30],
    ["60", day30, day60],
    ["90", day60, day90],
    ["over", day90, none],
  ] as const;
  return classes.map(([key, more, less]) => ({
    key,
    label: t("report.ageFigure", {
      age: t(`report.age.${key}`),
      count: more.loansAtRisk - less.loansAtRisk,
    }),
    value: formatKes(fromDecimal(more.atRisk) - fromDecimal(less.atRisk)),
  }));
}

const riskColumns = (): ReportColumn<Month>[] => [
  ...monthColumns("narrow"),
  { key: "out", header: t("report.out"), kind: "money", value: ({ loansOut: out }) => out },
  { key: "risk", header: t("report.atRisk"), kind: "money", value: ({ atRisk }) => atRisk },
  {
    key: "par",
    header: t("report.par30"),
    kind: "number",
    width: "110px",
    value: ({ par30 }) => par30,
  },
];

const riskFigures = ({ kpis }: ReportMonthsQuery): Figure[] => {
  const end = kpis.series.at(-1);
  if (!end) return [];
  return [
    money("out", t("report.outAtEnd"), end.loansOut),
    money("risk", t("report.atRiskAtEnd"), end.atRisk),
    count("par", t("report.par30"), percent(end.par30) ?? "—"),
  ];
};

const risk: MonthReport = {
  ...BY_MONTH,
  key: "risk",
  title: "report.risk",
  hint: "report.riskHint",
  columns: riskColumns,
  figures: riskFigures,
  list: ({ group, county }) => address("/loans", { stage: "OVERDUE", group, county }),
};

export const LOAN_REPORTS: readonly AnyReport[] = [loansOut, arrears, risk];
