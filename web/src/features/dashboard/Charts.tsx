/** Twelve months or more as pictures, each with its figures as a table one click away. */
import { useComputedColorScheme } from "@mantine/core";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { ChartCanvas, type Line } from "../../components/ChartCanvas";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import classes from "./DashboardPage.module.css";
import type { Month } from "./dashboard-api";

export default function Charts({ months }: { months: readonly Month[] }) {
  return (
    <div className={classes.charts}>
      <MonthChart
        title={t("dashboard.chart.flow")}
        months={months}
        kind="bar"
        lines={[
          { label: t("dashboard.moneyIn"), token: "--primary", pick: ({ moneyIn }) => moneyIn },
          { label: t("dashboard.moneyOut"), token: "--waiting", pick: ({ moneyOut }) => moneyOut },
        ]}
      />
      <MonthChart
        title={t("dashboard.chart.loans")}
        months={months}
        kind="line"
        lines={[
          { label: t("dashboard.trf"), token: "--primary", pick: ({ trf }) => trf.total },
          { label: t("dashboard.loansOut"), token: "--office", pick: ({ loansOut }) => loansOut },
          { label: t("dashboard.atRisk"), token: "--wrong", pick: ({ atRisk }) => atRisk },
        ]}
      />
    </div>
  );
}

type Source = { label: string; token: string; pick: (month: Month) => string };
type Props = {
  title: string;
  months: readonly Month[];
  kind: "bar" | "line";
  lines: readonly Source[];
};

function MonthChart({ title, months, kind, lines }: Props) {
  const scheme = useComputedColorScheme("light");
  const data: Line[] = lines.map(({ label, token, pick }) => ({
    label,
    token,
    // For drawing only: shillings, whole ones.
    values: months.map((month) => Math.round(fromDecimal(pick(month)) / 100)),
  }));
  return (
    <figure className={classes.chart} aria-label={title}>
      <figcaption className={classes.section}>{title}</figcaption>
      <Legend lines={lines} />
      <ChartCanvas
        key={scheme}
        kind={kind}
        labels={months.map(({ first }) => monthText(first.slice(0, 7)))}
        lines={data}
      />
      <details className={classes.asTable}>
        <summary>{t("dashboard.asTable")}</summary>
        <MonthTable title={title} months={months} lines={lines} />
      </details>
    </figure>
  );
}

function Legend({ lines }: { lines: readonly Source[] }) {
  return (
    <ul className={classes.legend}>
      {lines.map(({ label, token }) => (
        <li key={token}>
          <span className={classes.swatch} style={{ background: `var(${token})` }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}

function MonthTable({ title, months, lines }: Omit<Props, "kind">) {
  return (
    <div className={classes.tableFrame}>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t("dashboard.month")}</th>
            {lines.map(({ label, token }) => (
              <th key={token} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.first}>
              <th scope="row">{monthText(month.first.slice(0, 7))}</th>
              {lines.map(({ token, pick }) => (
                <td key={token} className="money">
                  {formatMoney(fromDecimal(pick(month)))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
