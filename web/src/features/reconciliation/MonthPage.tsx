/** A group's month: the books beside what was counted and what the statements say, until it is signed. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { ExportMenu } from "../../components/ExportMenu";
import { MonthSelect } from "../../components/MonthSelect";
import { PaperButton } from "../../components/papers/PaperButton";
import { Empty, Failed, LoadingRows, StaleNotice } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import type { MoneyAccount } from "../../gen/graphql";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import { parseMonth } from "../../lib/months";
import { useSession } from "../../lib/use-session";
import { Faults } from "./Faults";
import { History } from "./History";
import { MonthSheet } from "./MonthSheet";
import { TONES } from "./months";
import classes from "./Reconciliation.module.css";
import { type Month, type MonthKey, useMonthBooksQuery } from "./reconciliation-api";
import { StatementLines } from "./StatementLines";
import { sheetColumns, sheetRows } from "./sheet";

const EnterForm = lazy(() => import("./EnterForm"));
const ImportForm = lazy(() => import("./ImportForm"));
const SignForm = lazy(() => import("./SignForm"));
const ReopenForm = lazy(() => import("./ReopenForm"));

export default function MonthPage() {
  const { groupId = "", month: text = "" } = useParams();
  const parsed = parseMonth(text);
  const key = { groupId, year: parsed?.year ?? 0, month: parsed?.month ?? 0 };
  const query = useMonthBooksQuery(key, { skip: !parsed, refetchOnFocus: true });
  const { currentData: month, isError, error, refetch } = query;
  if (!parsed) return <Empty title={t("notFound.title")} hint={t("notFound.text")} />;
  if (!month) return isError ? <Failed error={error} retry={refetch} /> : <LoadingRows />;
  return (
    <div className={classes.page} data-testid="month-page">
      {isError && <StaleNotice retry={refetch} />}
      <MonthBody key={text} month={month} monthKey={key} text={text} />
    </div>
  );
}

type Opened =
  | { form: "enter" | "import"; account: MoneyAccount }
  | { form: "sign" | "reopen" }
  | null;
type BodyProps = { month: Month; monthKey: MonthKey; text: string };

function MonthBody({ month, monthKey, text }: BodyProps) {
  const { user } = useSession();
  const [opened, setOpened] = useState<Opened>(null);
  const isAdmin = user?.role === "SYSTEM_ADMIN";
  const isOfficer = user?.role === "FIELD_OFFICER";
  const isOpen = month.status !== "SIGNED";
  const close = () => setOpened(null);
  return (
    <>
      <Head month={month} text={text} isAdmin={isAdmin} onOpen={setOpened} />
      <div className={classes.columns}>
        <MonthSheet
          month={month}
          mayEnter={(account) => isOpen && (isAdmin || (isOfficer && account === "CASH"))}
          mayImport={isOpen && isAdmin}
          onEnter={(account) => setOpened({ form: "enter", account })}
          onImport={(account) => setOpened({ form: "import", account })}
        />
        <aside className={classes.side}>
          <Faults month={month} groupId={monthKey.groupId} />
          <History month={month} />
        </aside>
      </div>
      <StatementLines month={month} monthKey={monthKey} mayMatch={isOpen && isAdmin} />
      <Suspense>
        {opened?.form === "enter" && (
          <EnterForm month={month} monthKey={monthKey} account={opened.account} onClose={close} />
        )}
        {opened?.form === "import" && (
          <ImportForm monthKey={monthKey} account={opened.account} onClose={close} />
        )}
        {opened?.form === "sign" && (
          <SignForm month={month} monthKey={monthKey} text={text} onClose={close} />
        )}
        {opened?.form === "reopen" && (
          <ReopenForm month={month} monthKey={monthKey} text={text} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

type HeadProps = {
  month: Month;
  text: string;
  isAdmin: boolean;
  onOpen: (opened: Opened) => void;
};

function Head({ month, text, isAdmin, onOpen }: HeadProps) {
  const navigate = useNavigate();
  const rows = sheetRows(month);
  return (
    <header className={classes.head}>
      <Link to={`/reconciliation?month=${text}`} className={classes.back}>
        ‹ {t("nav.reconciliation")}
      </Link>
      <div className={classes.headLine}>
        <h1 className={classes.title}>{month.group.name}</h1>
        <StatusBadge
          tone={TONES[month.status]}
          text={t(`month.status.${month.status}`)}
          testId="month-status"
        />
        <span className={classes.spring} />
        <MonthSelect
          value={text}
          onChange={(next) => navigate(`/reconciliation/${month.group.id}/${next}`)}
        />
        <PaperButton
          name={month.group.name}
          offers={[{ kind: "RECONCILIATION", subjectId: month.group.id }]}
          period={{ month: text }}
        />
        <ExportMenu
          title={`${month.group.name} ${monthText(text)}`}
          columns={sheetColumns()}
          source={async () => ({
            totalCount: rows.length,
            pageInfo: { hasNextPage: false },
            edges: rows.map((node) => ({ node })),
          })}
        />
        {isAdmin && month.status !== "SIGNED" && (
          <Button onClick={() => onOpen({ form: "sign" })} data-testid="sign-month">
            {t("month.sign")}
          </Button>
        )}
        {isAdmin && month.status === "SIGNED" && (
          <Button
            variant="default"
            onClick={() => onOpen({ form: "reopen" })}
            data-testid="reopen-month"
          >
            {t("month.reopen")}
          </Button>
        )}
      </div>
    </header>
  );
}
