import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal, sumCents } from "@tablebanking/common/money";
import { useConfig } from "../../api/config";
import { DetailSection } from "../../components/DetailPage";
import { Money } from "../../components/Money";
import { type PlainColumn, PlainTable } from "../../components/PlainTable";
import { StatusBadge } from "../../components/StatusBadge";
import type { ScheduleFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";

type Row = ScheduleFragment;
type Shown = { disbursedOn: string | null; repaymentSchedule: readonly Row[] };

export function Schedule({ loan }: { loan: Shown }) {
  const title = t(loan.disbursedOn ? "loan.schedule" : "loan.scheduleToday");
  return (
    <DetailSection id="loan-schedule" title={title}>
      <ScheduleTable rows={loan.repaymentSchedule} label={title} runs={loan.disbursedOn !== null} />
    </DetailSection>
  );
}

type TableProps = { rows: readonly Row[]; label: string; runs: boolean };

export function ScheduleTable({ rows, label, runs }: TableProps) {
  const { currency } = useConfig();
  return (
    <PlainTable
      label={`${label}, ${currency}`}
      columns={columns(rows, runs)}
      rows={rows}
      rowKey={({ number }) => number}
      quiet={(row) => runs && isPaid(row)}
      testId="loan-schedule"
      rowTestId="instalment"
    />
  );
}

function columns(rows: readonly Row[], runs: boolean): PlainColumn<Row>[] {
  const money = (field: "principal" | "interest" | "total") => ({
    header: t(`loan.${field}`),
    align: "end" as const,
    render: (row: Row) => <Money value={row[field]} />,
    foot: formatMoney(sumCents(rows.map((row) => fromDecimal(row[field])))),
  });
  const found: PlainColumn<Row>[] = [
    { key: "number", header: t("loan.number"), render: ({ number }) => number, hide: true },
    { key: "due", header: t("loan.due"), render: ({ dueDate }) => plainDate(dueDate) },
    { key: "principal", hide: true, ...money("principal") },
    { key: "interest", hide: true, ...money("interest") },
    { key: "total", ...money("total") },
    {
      key: "left",
      header: t("loan.remaining"),
      align: "end",
      hide: true,
      render: ({ remainingBalance }) => <Money value={remainingBalance} />,
    },
  ];
  if (runs)
    found.push({ key: "state", header: t("loan.paid"), render: (row) => <Paid row={row} /> });
  return found;
}

/** How an instalment stands, in a word, and how much of it is left. */
function Paid({ row }: { row: Row }) {
  if (isPaid(row)) return <StatusBadge tone="good" text={t("loan.rowPaid")} />;
  const left = formatMoney(fromDecimal(row.total) - fromDecimal(row.paid));
  if (row.dueDate < todayInNairobi()) {
    return <StatusBadge tone="wrong" text={t("loan.rowLate", { amount: left })} />;
  }
  if (fromDecimal(row.paid) === 0) return null;
  return <StatusBadge tone="waiting" text={t("loan.rowPart", { amount: left })} />;
}

function isPaid(row: Row): boolean {
  return fromDecimal(row.paid) >= fromDecimal(row.total);
}
