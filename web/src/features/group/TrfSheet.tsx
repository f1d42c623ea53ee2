import { todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { IconAlertTriangle, IconEqual } from "@tabler/icons-react";
import { useState } from "react";
import { useConfig } from "../../api/config";
import { DateInput } from "../../components/DateInput";
import { Failed, LoadingRows, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import classes from "./Books.module.css";
import { useTrfQuery } from "./ledger-api";
import { OWNS, sideTotal, type Trf, type TrfRow, WHOSE } from "./trf";

/** The TRF of a day: what the group owns and whose it is, with both totals shown to be equal. */
export function TrfSheet({ groupId }: { groupId: string }) {
  const [asOf, setAsOf] = useState<string | null>(null);
  const query = useTrfQuery({ groupId, asOf });
  const today = todayInNairobi();
  return (
    <section className={classes.table} aria-label={t("trf.title")} data-testid="trf">
      <div className={classes.bar}>
        <h2 className={classes.heading}>{t("trf.title")}</h2>
        <span className={classes.spring} />
        <DateInput
          keep
          size="xs"
          aria-label={t("trf.asOf")}
          max={today}
          value={asOf ?? today}
          onChange={(day) => {
            setAsOf(day && day < today ? day : null);
          }}
          testId="trf-as-of"
        />
      </div>
      <div className={classes.sheet}>
        {query.isError && query.currentData && <StaleNotice retry={query.refetch} />}
        {query.currentData ? (
          <Sheet trf={query.currentData} />
        ) : query.isError ? (
          <Failed error={query.error} retry={query.refetch} />
        ) : (
          <LoadingRows />
        )}
      </div>
    </section>
  );
}

function Sheet({ trf }: { trf: Trf }) {
  const owned = sideTotal(trf, OWNS);
  const sources = sideTotal(trf, WHOSE);
  const balanced = owned === sources && owned === fromDecimal(trf.total);
  return (
    <>
      <Side trf={trf} title={t("trf.owns")} rows={OWNS} total={owned} testId="trf-total" />
      <Side trf={trf} title={t("trf.whose")} rows={WHOSE} total={sources} testId="trf-sources" />
      {balanced ? (
        <p className={classes.equal} data-testid="trf-equal">
          <IconEqual size={16} aria-hidden /> {t("trf.balanced")}
        </p>
      ) : (
        <p className={classes.unequal} role="alert" data-testid="trf-unequal">
          <IconAlertTriangle size={16} aria-hidden />
          {t("trf.unbalanced", { amount: formatMoney(Math.abs(owned - sources)) })}
        </p>
      )}
    </>
  );
}

type SideProps = {
  trf: Trf;
  title: string;
  rows: readonly TrfRow[];
  total: number;
  testId: string;
};

function Side({ trf, title, rows, total, testId }: SideProps) {
  const { currency } = useConfig();
  return (
    <table className={classes.side}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{currency}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const cents = fromDecimal(trf[row]);
          return (
            <tr key={row} data-zero={cents === 0 || undefined}>
              <th scope="row">{t(`trf.${row}`)}</th>
              <td>{formatMoney(cents)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("trf.total")}</th>
          <td data-testid={testId}>{formatMoney(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
