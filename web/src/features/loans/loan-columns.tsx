import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import type { Column } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { RowCard } from "../../components/RowCard";
import { StatusBadge } from "../../components/StatusBadge";
import type { LoanRowFragment, LoanStage } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { missingText, stateOf } from "./missing";
import { tileOf } from "./stages";

type Row = LoanRowFragment;
type Shown = { stage: LoanStage; currency: string; oneGroup: boolean };

/** What a stage asks for: what is missing before the money goes out, what is owed after it. */
export function loanColumns({ stage, currency, oneGroup }: Shown): Column<Row>[] {
  const tile = tileOf(stage);
  const columns: Column<Row>[] = [
    {
      key: "member",
      header: t("loans.member"),
      width: "minmax(130px, 1.4fr)",
      render: ({ member }) => member.memberName,
    },
  ];
  if (!oneGroup) {
    columns.push({
      key: "group",
      header: t("loans.group"),
      width: "minmax(0, 1.4fr)",
      hide: "narrow",
      render: ({ group }) => group.name,
    });
  }
  columns.push(
    {
      key: "type",
      header: t("loans.type"),
      width: "minmax(0, 0.9fr)",
      hide: "medium",
      render: ({ loanType }) => t(`loanType.${loanType}`),
    },
    {
      key: "applied",
      header: t("loans.applied"),
      sortKey: "APPLIED",
      width: "104px",
      hide: "medium",
      render: ({ applicationDate }) => plainDate(applicationDate),
    },
    {
      key: "amount",
      header: t("loans.amount", { currency }),
      sortKey: "AMOUNT",
      width: "118px",
      align: "end",
      render: ({ loanAmount }) => <Money value={loanAmount} />,
    },
  );
  if (tile === "RUNNING" || tile === "OVERDUE") columns.push(...owedColumns(tile, currency));
  if (tile !== "OVERDUE") {
    columns.push({
      key: "missing",
      header: t(tile === "CLOSED" ? "loans.state" : "loans.next"),
      width: "minmax(0, 2.2fr)",
      hide: "narrow",
      render: (loan) => (
        <span title={missingText(loan)}>
          {tile === "CLOSED" ? <StatusBadge {...stateOf(loan)} /> : missingText(loan)}
        </span>
      ),
    });
  }
  return columns;
}

function owedColumns(tile: LoanStage, currency: string): Column<Row>[] {
  const out: Column<Row> = {
    key: "out",
    header: t("loans.out", { currency }),
    sortKey: "BALANCE",
    width: "118px",
    align: "end",
    hide: "narrow",
    render: ({ outstandingPrincipal }) => <Money value={outstandingPrincipal} />,
  };
  if (tile === "RUNNING") return [out];
  return [
    out,
    {
      key: "arrears",
      header: t("loans.arrears", { currency }),
      sortKey: "ARREARS",
      width: "118px",
      align: "end",
      render: ({ arrears }) => <Money value={arrears} />,
    },
    {
      key: "days",
      header: t("loans.days"),
      sortKey: "DAYS_OVERDUE",
      width: "100px",
      align: "end",
      render: ({ daysOverdue }) => t("loans.dayCount", { count: daysOverdue }),
    },
  ];
}

export function LoanCard({ loan, oneGroup }: { loan: Row; oneGroup: boolean }) {
  const amount = loan.daysOverdue > 0 ? loan.arrears : loan.loanAmount;
  return (
    <RowCard
      title={loan.member.memberName}
      amount={formatMoney(fromDecimal(amount))}
      detail={oneGroup ? missingText(loan) : `${loan.group.name} · ${missingText(loan)}`}
      state={<StatusBadge {...stateOf(loan)} />}
    />
  );
}

export function exportColumns(): ExportColumn<Row>[] {
  return [
    { header: t("loans.member"), value: ({ member }) => member.memberName },
    { header: t("loans.group"), value: ({ group }) => group.name },
    { header: t("loans.county"), value: ({ group }) => group.county },
    { header: t("loans.type"), value: ({ loanType }) => t(`loanType.${loanType}`) },
    { header: t("loans.state"), value: (loan) => stateOf(loan).text },
    { header: t("loans.applied"), value: (loan) => loan.applicationDate, kind: "date" },
    { header: t("loans.paidOut"), value: (loan) => loan.disbursedOn, kind: "date" },
    {
      header: t("loans.amount", { currency: "KES" }),
      value: (loan) => loan.loanAmount,
      kind: "money",
    },
    {
      header: t("loans.out", { currency: "KES" }),
      value: (loan) => loan.outstandingPrincipal,
      kind: "money",
    },
    {
      header: t("loans.arrears", { currency: "KES" }),
      value: (loan) => loan.arrears,
      kind: "money",
    },
    { header: t("loans.days"), value: (loan) => loan.daysOverdue, kind: "number" },
    { header: t("loans.next"), value: missingText },
  ];
}
