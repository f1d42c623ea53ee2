/** What was paid into each fund, month by month; the table beside it says the same. */
import { useComputedColorScheme } from "@mantine/core";
import { fromDecimal } from "@tablebanking/common/money";
import { ChartCanvas } from "../../components/ChartCanvas";
import { Money } from "../../components/Money";
import { PlainTable } from "../../components/PlainTable";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import classes from "./MemberPage.module.css";
import type { Passbook } from "./members-api";

const FUNDS = [
  { field: "savings", token: "--primary" },
  { field: "welfare", token: "--office" },
  { field: "project", token: "--waiting" },
] as const;

export default function SavingsChart({ book }: { book: Passbook }) {
  const scheme = useComputedColorScheme("light");
  const nameOf = (month: number) => monthText(`${book.year}-${String(month).padStart(2, "0")}`);
  return (
    <>
      <ul className={classes.legend}>
        {FUNDS.map(({ field, token }) => (
          <li key={field}>
            <span className={classes.swatch} style={{ background: `var(${token})` }} aria-hidden />
            {t(`passbook.${field}`)}
          </li>
        ))}
      </ul>
      <ChartCanvas
        key={scheme}
        kind="bar"
        labels={book.months.map(({ month }) => nameOf(month))}
        lines={FUNDS.map(({ field, token }) => ({
          label: t(`passbook.${field}`),
          token,
          // For drawing only: shillings, whole ones.
          values: book.months.map((month) => Math.round(fromDecimal(month[field]) / 100)),
        }))}
      />
      <details>
        <summary>{t("member.asTable")}</summary>
        <PlainTable
          label={t("member.savingsInYear", { year: book.year })}
          rows={book.months}
          rowKey={({ month }) => month}
          testId="savings-by-fund"
          columns={[
            { key: "month", header: t("passbook.month"), render: ({ month }) => nameOf(month) },
            ...FUNDS.map(({ field }) => ({
              key: field,
              header: t(`passbook.${field}`),
              align: "end" as const,
              render: (month: Passbook["months"][number]) => <Money value={month[field]} />,
            })),
          ]}
        />
      </details>
    </>
  );
}
