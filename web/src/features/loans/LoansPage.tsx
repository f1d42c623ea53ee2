/** All loans within reach by stage, the oldest application first, with what each waits for. */

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useMemo } from "react";
import { useNavigate } from "react-router";
import { useConfig } from "../../api/config";
import { useLoansInfiniteQuery } from "../../api/loans";
import { pageSource } from "../../api/page-source";
import { CountyFilter } from "../../components/CountyFilter";
import { ExportMenu } from "../../components/ExportMenu";
import { GroupPicker } from "../../components/GroupPicker";
import { ListPage } from "../../components/ListPage";
import { PagedTable } from "../../components/PagedTable";
import { Empty } from "../../components/States";
import { type LoanSort, type LoanStage, LoansDocument, type LoansQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import { type Filters, oneOf, useFilters, useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import { type Order, useSort } from "../../lib/use-sort";
import { exportColumns, LoanCard, loanColumns } from "./loan-columns";
import { useLoanPipelineQuery } from "./loans-api";
import { RiskTiles } from "./RiskTiles";
import { StageChips, StageTiles } from "./StageTiles";
import { STAGES } from "./stages";

const ApplyDrawer = lazy(() => import("./ApplyDrawer"));

const SORTED_BY = ["APPLIED", "AMOUNT", "BALANCE", "ARREARS", "DAYS_OVERDUE"] as const;

type Filter = "stage" | "group" | "county";

export default function LoansPage() {
  const { currency } = useConfig();
  const { user } = useSession();
  const navigate = useNavigate();
  const filters = useFilters<Filter>({ stage: STAGES[0], group: "", county: "" });
  const stage = oneOf(filters.values.stage, STAGES);
  const { group, county } = filters.values;
  const { order, ...sorting } = useSort(SORTED_BY, "APPLIED_ASC");
  const asked = {
    stage,
    groupId: group || null,
    county: county || null,
    memberId: null,
    sort: toLoanSort(order),
  };
  const query = useLoansInfiniteQuery(asked, { refetchOnFocus: true });
  const { currentData: pipeline } = useLoanPipelineQuery(
    { groupIds: group ? [group] : null, county: county || null },
    { refetchOnFocus: true },
  );
  // A chair and a committee see one group: to say it in each line tells nothing.
  const ofOneGroup = user?.role === "GROUP_CHAIR" || user?.role === "GROUP_COMMITTEE";
  const oneGroup = ofOneGroup || group !== "";
  const columns = useMemo(
    () => loanColumns({ stage, currency, oneGroup }),
    [stage, currency, oneGroup],
  );
  const choose = (next: LoanStage) => filters.set({ stage: next });

  return (
    <ListPage
      title={t("loans.title")}
      count={(count) => t("loans.count", { count })}
      query={query}
      testId="loans-page"
      actions={<Actions stage={stage} asked={asked} />}
      filters={
        <>
          <StageTiles pipeline={pipeline} stage={stage} onChange={choose} />
          <StageChips pipeline={pipeline} stage={stage} onChange={choose} />
          {!ofOneGroup && <Places filters={filters} />}
        </>
      }
    >
      {stage === "OVERDUE" && !county && <RiskTiles groupId={group} />}
      <PagedTable
        label={t("loans.title")}
        testId="loans-table"
        columns={columns}
        {...sorting}
        query={query}
        rowTestId="loan-row"
        onOpen={(id) => navigate(`/loans/${id}`)}
        card={(loan) => <LoanCard loan={loan} oneGroup={oneGroup} />}
        empty={<NoLoans stage={stage} filters={filters} />}
      />
    </ListPage>
  );
}

/** The API says "oldest" and "newest" of the day of the application. */
function toLoanSort(order: Order<(typeof SORTED_BY)[number]>): LoanSort {
  if (order === "APPLIED_ASC") return "OLDEST";
  return order === "APPLIED_DESC" ? "NEWEST" : order;
}

type ActionsProps = { stage: LoanStage; asked: object };

function Actions({ stage, asked }: ActionsProps) {
  const { user } = useSession();
  const navigate = useNavigate();
  const [opened, open] = useOpened("new");
  const mayApply = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  return (
    <>
      <ExportMenu
        title={`${t("loans.title")}: ${t(`loanStage.${stage}`)}`}
        columns={exportColumns()}
        source={pageSource(LoansDocument, asked, (answer: LoansQuery) => answer.loans)}
      />
      {mayApply && (
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => open("loan")}
          data-testid="new-loan"
        >
          {t("loans.new")}
        </Button>
      )}
      {mayApply && opened === "loan" && (
        <Suspense>
          <ApplyDrawer onClose={() => open(null)} onDone={(id) => navigate(`/loans/${id}`)} />
        </Suspense>
      )}
    </>
  );
}

function Places({ filters }: { filters: Filters<Filter> }) {
  const { user } = useSession();
  return (
    <>
      <GroupPicker
        value={filters.values.group}
        onChange={(group) => filters.set({ group })}
        all={t("loans.allGroups")}
        testId="loans-group"
      />
      {user?.role === "SYSTEM_ADMIN" && (
        <CountyFilter
          value={filters.values.county}
          onChange={(county) => filters.set({ county })}
          testId="loans-county"
        />
      )}
    </>
  );
}

function NoLoans({ stage, filters }: { stage: LoanStage; filters: Filters<Filter> }) {
  const { group, county } = filters.values;
  if (!group && !county) {
    return <Empty title={t(`loansEmpty.${emptyOf(stage)}`)} hint={t("loans.emptyHint")} />;
  }
  return (
    <Empty
      title={t("loans.noMatch")}
      action={
        <Button variant="default" onClick={() => filters.set({ group: "", county: "" })}>
          {t("loans.clear")}
        </Button>
      }
    />
  );
}

function emptyOf(stage: LoanStage) {
  if (stage === "AWAITING_MY_APPROVAL") return "mine";
  return stage === "OVERDUE" ? "overdue" : "other";
}
