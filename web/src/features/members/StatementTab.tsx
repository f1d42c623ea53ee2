/** What the books hold of the member in a period, line by line, with what each fund held. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { useConfig } from "../../api/config";
import { nodes } from "../../api/groups";
import type { MemberDetail } from "../../api/members";
import { pageSource } from "../../api/page-source";
import { type Column, DataTable } from "../../components/DataTable";
import { DateInput } from "../../components/DateInput";
import { ExportMenu } from "../../components/ExportMenu";
import { Money } from "../../components/Money";
import { PlainTable } from "../../components/PlainTable";
import { RowCard } from "../../components/RowCard";
import { Empty, Failed, LoadingRows } from "../../components/States";
import {
  MemberStatementDocument,
  type MemberStatementQuery,
  type StatementLineFragment,
} from "../../gen/graphql";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters } from "../../lib/use-filters";
import classes from "./MemberPage.module.css";
import { type Statement, useMemberStatementInfiniteQuery } from "./members-api";

type Line = StatementLineFragment;

export function StatementTab({ member }: { member: MemberDetail }) {
  const { currency } = useConfig();
  const today = todayInNairobi();
  const filters = useFilters({ from: `${today.slice(0, 4)}-01-01`, to: today });
  const { from, to } = filters.values;
  const asked = { memberId: member.id, from: from || null, to: to || null };
  const query = useMemberStatementInfiniteQuery(asked);
  const pages = query.currentData?.pages;
  return (
    <div className={classes.column} data-testid="member-statement">
      <div className={classes.bar}>
        <div className={classes.actions}>
          <DateInput
            label={t("common.from")}
            value={from}
            onChange={(day) => filters.set({ from: day })}
            max={to || undefined}
            testId="statement-from"
          />
          <DateInput
            label={t("common.to")}
            value={to}
            onChange={(day) => filters.set({ to: day })}
            min={from || undefined}
            testId="statement-to"
          />
        </div>
        <ExportMenu
          title={`${t("member.statement")} ${member.memberName}`}
          columns={exportColumns(currency)}
          source={pageSource(
            MemberStatementDocument,
            asked,
            (answer: MemberStatementQuery) => answer.memberStatement,
          )}
        />
      </div>
      {!pages && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!pages && !query.isError && <LoadingRows />}
      {pages?.[0] && <Funds statement={pages[0]} />}
      {pages && (
        <div className={classes.lines}>
          <DataTable
            label={t("member.statement")}
            testId="statement-table"
            columns={columns(currency)}
            rows={nodes(pages)}
            rowKey={({ id }) => id}
            rowTestId="statement-line"
            card={(line) => (
              <RowCard
                title={what(line)}
                detail={`${plainDate(line.date)} · ${line.receiptNumber}`}
                amount={<Amount line={line} />}
              />
            )}
            hasMore={query.hasNextPage && !query.isError}
            loadingMore={query.isFetching}
            onMore={query.fetchNextPage}
            empty={<Empty title={t("member.noLines")} />}
          />
        </div>
      )}
    </div>
  );
}

function Funds({ statement }: { statement: Statement }) {
  if (statement.funds.length === 0) return null;
  const money = (field: "opening" | "amountIn" | "amountOut" | "closing") => ({
    key: field,
    header: t(`statement.${field}`),
    align: "end" as const,
    hide: field === "amountIn" || field === "amountOut",
    render: (fund: Statement["funds"][number]) => <Money value={fund[field]} />,
  });
  return (
    <PlainTable
      label={t("statement.funds")}
      rows={statement.funds}
      rowKey={({ fund }) => fund}
      testId="statement-funds"
      columns={[
        { key: "fund", header: t("statement.fund"), render: ({ fund }) => label("fund", fund) },
        money("opening"),
        money("amountIn"),
        money("amountOut"),
        money("closing"),
      ]}
    />
  );
}

/** "Savings", or what was reversed of it. */
function what({ fund, isReversal }: Line): string {
  const name = label("fund", fund);
  return isReversal ? t("statement.reversal", { what: name }) : name;
}

/** The sign says it too, for those who do not see the two columns. */
function Amount({ line }: { line: Line }) {
  return line.amountIn === "0.00" ? (
    <>
      −<Money value={line.amountOut} />
    </>
  ) : (
    <>
      +<Money value={line.amountIn} />
    </>
  );
}

const amount = (value: string) => (value === "0.00" ? null : <Money value={value} />);

function columns(currency: string): Column<Line>[] {
  return [
    {
      key: "date",
      header: t("common.date"),
      width: "112px",
      render: ({ date }) => plainDate(date),
    },
    { key: "what", header: t("statement.what"), width: "minmax(0, 1.6fr)", render: what },
    {
      key: "receipt",
      header: t("loan.receipt"),
      width: "minmax(0, 1.2fr)",
      hide: "medium",
      render: ({ receiptNumber }) => receiptNumber,
    },
    {
      key: "in",
      header: `${t("statement.amountIn")}, ${currency}`,
      width: "130px",
      align: "end",
      render: ({ amountIn }) => amount(amountIn),
    },
    {
      key: "out",
      header: `${t("statement.amountOut")}, ${currency}`,
      width: "130px",
      align: "end",
      render: ({ amountOut }) => amount(amountOut),
    },
    {
      key: "savings",
      header: `${t("statement.savings")}, ${currency}`,
      width: "150px",
      align: "end",
      hide: "narrow",
      render: ({ savings }) => <Money value={savings} />,
    },
  ];
}

function exportColumns(currency: string): ExportColumn<Line>[] {
  return [
    { header: t("common.date"), value: ({ date }) => date, kind: "date" },
    { header: t("statement.what"), value: what },
    { header: t("loan.receipt"), value: ({ receiptNumber }) => receiptNumber },
    {
      header: `${t("statement.amountIn")}, ${currency}`,
      value: ({ amountIn }) => amountIn,
      kind: "money",
    },
    {
      header: `${t("statement.amountOut")}, ${currency}`,
      value: ({ amountOut }) => amountOut,
      kind: "money",
    },
    {
      header: `${t("statement.savings")}, ${currency}`,
      value: ({ savings }) => savings,
      kind: "money",
    },
  ];
}
