/** A group's year: calculated, looked at, approved, posted, paid; without a group, all of them at once. */
import { Button, NativeSelect } from "@mantine/core";
import { useOwnGroup } from "../../api/own-group";
import { GroupPicker } from "../../components/GroupPicker";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import { asRequestError, errorText } from "../../lib/error-text";
import { useFilters } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import classes from "./Dividends.module.css";
import { useCalculateDividendsMutation, useYearOfDividendsQuery } from "./dividends-api";
import { Jobs } from "./Jobs";
import { RunView } from "./RunView";
import { years } from "./shares";

export default function DividendsPage() {
  const { user } = useSession();
  const filters = useFilters({ group: "", year: years()[1] ?? "" });
  const { year } = filters.values;
  const ownGroup = useOwnGroup();
  const group = filters.values.group || ownGroup;
  const fiscalYear = Number(year) || 0;
  const isAdmin = user?.role === "SYSTEM_ADMIN";
  return (
    <div className={classes.page} data-testid="dividends-page">
      <header className={classes.bar}>
        <h1 className={classes.title}>{t("nav.dividends")}</h1>
        <span className={classes.spring} />
        <GroupPicker
          all={t("picker.chooseGroup")}
          value={group}
          onChange={(id) => filters.set({ group: id })}
          testId="dividends-group"
        />
        <NativeSelect
          aria-label={t("div.year")}
          value={year}
          onChange={(event) => filters.set({ year: event.currentTarget.value })}
          data={years()}
          data-testid="dividends-year"
        />
      </header>
      {group ? (
        <Year key={`${group}${year}`} groupId={group} fiscalYear={fiscalYear} isAdmin={isAdmin} />
      ) : (
        <>
          <p className={classes.soft}>{t("div.choose")}</p>
          {isAdmin && <Jobs fiscalYear={fiscalYear} />}
        </>
      )}
    </div>
  );
}

type YearProps = { groupId: string; fiscalYear: number; isAdmin: boolean };

function Year({ groupId, fiscalYear, isAdmin }: YearProps) {
  const key = { groupId, fiscalYear };
  const query = useYearOfDividendsQuery(key, { refetchOnFocus: true });
  const [calculate, calculating] = useCalculateDividendsMutation();
  const run = query.currentData;
  if (run === undefined) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  const open = !run || ["DRAFT", "APPROVED", "REVERSED"].includes(run.status);
  const button = isAdmin && open && (
    <Button
      variant={run ? "default" : "filled"}
      loading={calculating.isLoading}
      onClick={() => void calculate(key)}
      data-testid="calculate"
    >
      {t(run ? "div.again" : "div.calculate")}
    </Button>
  );
  return (
    <>
      {query.isError && <StaleNotice retry={query.refetch} />}
      {calculating.error && (
        <p role="alert" className={classes.bad}>
          {errorText(asRequestError(calculating.error), true)}
        </p>
      )}
      {run && <RunView run={run} isAdmin={isAdmin} calculate={button} />}
      {!run && (
        <Empty
          title={t("div.none", { year: fiscalYear })}
          hint={t("div.noneHint")}
          action={button}
        />
      )}
    </>
  );
}
