import { NativeSelect } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { useSearchParams } from "react-router";
import { useConfig } from "../../api/config";
import { Money } from "../../components/Money";
import { QueryStates } from "../../components/QueryStates";
import { Stat, Stats } from "../../components/Stat";
import { Empty } from "../../components/States";
import { StatusBadge, type Tone } from "../../components/StatusBadge";
import sums from "../../components/SumTable.module.css";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { type DividendRun, useGroupDividendsQuery } from "./group-parts-api";
import classes from "./tabs.module.css";

const YEARS = 6;
const TONES: Record<string, Tone> = {
  DRAFT: "waiting",
  APPROVED: "office",
  POSTED: "good",
  PAID: "good",
  REVERSED: "quiet",
};

/** The group's dividends of a year: the sum, and who gets what of it. */
export default function DividendsTab({ groupId }: { groupId: string }) {
  const thisYear = Number(todayInNairobi().slice(0, 4));
  const [params, setParams] = useSearchParams();
  const year = Number(params.get("year")) || thisYear;
  const query = useGroupDividendsQuery({ groupId, fiscalYear: year });
  const years = Array.from({ length: YEARS }, (_, index) => String(thisYear - index));
  return (
    <div className={classes.list}>
      <div className={classes.bar}>
        <NativeSelect
          aria-label={t("groupDividends.year")}
          value={String(year)}
          onChange={(event) => setParams({ year: event.currentTarget.value }, { replace: true })}
          data={years}
          data-testid="dividends-year"
        />
        {query.currentData && (
          <StatusBadge
            tone={TONES[query.currentData.status] ?? "quiet"}
            text={label("dividendStatus", query.currentData.status)}
          />
        )}
      </div>
      <QueryStates query={query}>
        {(run) =>
          run ? (
            <Run run={run} />
          ) : (
            <Empty title={t("groupDividends.none")} hint={t("groupDividends.noneHint")} />
          )
        }
      </QueryStates>
    </div>
  );
}

function Run({ run }: { run: DividendRun }) {
  const { currency } = useConfig();
  return (
    <>
      <Stats>
        <Stat
          label={t("groupDividends.profit", { currency })}
          value={<Money value={run.totalProfit} />}
        />
        <Stat
          label={t("groupDividends.fees", { currency })}
          value={<Money value={run.appreciationFees} />}
        />
        <Stat
          label={t("groupDividends.distributable", { currency })}
          value={<Money value={run.distributable} />}
          hint={t("groupDividends.share", { percent: run.profitShare })}
        />
        <Stat
          label={t("groupDividends.savings", { currency })}
          value={<Money value={run.totalSavings} />}
          hint={plainDate(run.savingsOn)}
        />
      </Stats>
      <section className={classes.card}>
        <table className={sums.table} data-testid="dividend-shares">
          <thead>
            <tr>
              <th scope="col">{t("picker.member")}</th>
              <th scope="col" className={sums.end}>
                {t("groupDividends.memberSavings", { currency })}
              </th>
              <th scope="col" className={sums.end}>
                {t("groupDividends.amount", { currency })}
              </th>
              <th scope="col">{t("groupDividends.paid")}</th>
            </tr>
          </thead>
          <tbody>
            {run.allocations.map(({ member, memberSavings, amount, paidOn }) => (
              <tr key={member.id}>
                <td>{member.memberName}</td>
                <td className={sums.end}>
                  <Money value={memberSavings} />
                </td>
                <td className={sums.end}>
                  <Money value={amount} />
                </td>
                <td>{paidOn ? plainDate(paidOn) : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
