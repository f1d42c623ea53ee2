/** Every number of a year's sum, and each member's share of it. */
import { Button } from "@mantine/core";
import { formatKes, formatMoney } from "@tablebanking/common/money";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useConfig } from "../../api/config";
import { DataTable } from "../../components/DataTable";
import { TO_DANGER } from "../../components/danger";
import { ExportMenu } from "../../components/ExportMenu";
import { KeyValues } from "../../components/KeyValues";
import { SidePanel } from "../../components/SidePanel";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { label, t } from "../../i18n";
import { momentText, plainDate } from "../../lib/dates";
import { useOpened } from "../../lib/use-filters";
import { useSession } from "../../lib/use-session";
import classes from "./Dividends.module.css";
import type { Run, Share } from "./dividends-api";
import { card, columns, exportColumns } from "./share-columns";
import { kes, percent, sharedProfit, sumOf, TONES, unpaid } from "./shares";

const StepForm = lazy(() => import("./StepForm"));
const PayForm = lazy(() => import("./PayForm"));

type Props = { run: Run; isAdmin: boolean; calculate: ReactNode };
type Opened = "approve" | "post" | "reverse" | "pay" | null;

export function RunView({ run, isAdmin, calculate }: Props) {
  const [opened, setOpened] = useState<Opened>(null);
  const rows = run.allocations;
  const close = () => setOpened(null);
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.name}>{run.group.name}</h2>
        <StatusBadge
          tone={TONES[run.status] ?? "quiet"}
          text={label("div.status", run.status)}
          testId="dividends-status"
        />
        <span className={classes.soft}>{stamp(run)}</span>
        <span className={classes.spring} />
        <ExportMenu
          title={`${t("nav.dividends")} ${run.group.name} ${run.fiscalYear}`}
          columns={exportColumns()}
          source={async () => ({
            totalCount: rows.length,
            pageInfo: { hasNextPage: false },
            edges: rows.map((node) => ({ node })),
          })}
        />
        {calculate}
        <Steps run={run} isAdmin={isAdmin} onOpen={setOpened} />
      </div>
      {run.reversalReason && <p className={classes.soft}>{run.reversalReason}</p>}
      <div className={classes.columns}>
        <section className={classes.card} data-testid="dividends-sum">
          <h3 className={classes.heading}>{t("div.sum")}</h3>
          <KeyValues items={sumItems(run)} />
        </section>
        <Members run={run} />
      </div>
      <Suspense>
        {opened && opened !== "pay" && <StepForm run={run} step={opened} onClose={close} />}
        {opened === "pay" && <PayForm run={run} onClose={close} />}
      </Suspense>
    </>
  );
}

type StepsProps = { run: Run; isAdmin: boolean; onOpen: (step: Opened) => void };

function Steps({ run, isAdmin, onOpen }: StepsProps) {
  const { user } = useSession();
  const { status } = run;
  const pays = status === "POSTED" && (isAdmin || user?.role === "FIELD_OFFICER");
  return (
    <>
      {isAdmin && status === "DRAFT" && (
        <Button onClick={() => onOpen("approve")} data-testid="approve-dividends">
          {t("div.approve")}
        </Button>
      )}
      {isAdmin && status === "APPROVED" && (
        <Button onClick={() => onOpen("post")} data-testid="post-dividends">
          {t("div.post")}
        </Button>
      )}
      {isAdmin && (status === "POSTED" || status === "PAID") && (
        <Button {...TO_DANGER} onClick={() => onOpen("reverse")} data-testid="reverse-dividends">
          {t("div.reverse")}
        </Button>
      )}
      {pays && unpaid(run.allocations).length > 0 && (
        <Button onClick={() => onOpen("pay")} data-testid="pay-dividends">
          {t("div.pay")}
        </Button>
      )}
    </>
  );
}

/** Where the profit comes from, and what of it is shared. */
function sumItems(run: Run) {
  return [
    ...run.inputs
      .filter(({ account }) => account !== "APPRECIATION_FEES")
      .map(({ account, amount }) => ({
        name: label("journal", account),
        value: kes(amount),
        figure: true,
      })),
    { name: t("div.profit"), value: <strong>{kes(run.totalProfit)}</strong>, figure: true },
    {
      name: t("div.shared", { percent: run.profitShare }),
      value: formatKes(sharedProfit(run)),
      figure: true,
    },
    { name: t("journal.APPRECIATION_FEES"), value: kes(run.appreciationFees), figure: true },
    {
      name: t("div.distributable"),
      value: <strong>{kes(run.distributable)}</strong>,
      figure: true,
      testId: "distributable",
    },
    { name: t("div.savings"), value: kes(run.totalSavings), figure: true },
    { name: t("div.savingsOn"), value: plainDate(run.savingsOn), figure: true },
  ];
}

function stamp(run: Run): string {
  if (run.postedAt) return t("div.postedAt", { moment: momentText(run.postedAt) });
  if (run.approvedAt) {
    const values = { moment: momentText(run.approvedAt), name: run.approvedBy?.name ?? "" };
    return t("div.approvedAt", values);
  }
  return t("div.calculatedAt", { moment: momentText(run.calculatedAt) });
}

function Members({ run }: { run: Run }) {
  const { currency } = useConfig();
  const [opened, open] = useOpened("member");
  const share = run.allocations.find(({ member }) => member.id === opened);
  return (
    <div className={classes.members}>
      <div className={classes.table}>
        <DataTable
          label={t("div.members")}
          testId="shares-table"
          rows={run.allocations}
          rowKey={({ member }) => member.id}
          rowTestId="share-row"
          columns={columns(currency)}
          card={card}
          onOpen={({ member }) => open(member.id)}
          selectedKey={opened}
          empty={<Empty title={t("why.NO_SAVINGS")} />}
          foot={
            <p className={classes.foot}>
              <span>{t("div.total", { count: run.allocations.length })}</span>
              <strong className="money" data-testid="shares-total">
                {formatMoney(sumOf(run.allocations))}
              </strong>
            </p>
          }
        />
      </div>
      {share && (
        <SidePanel
          title={share.member.memberName}
          onClose={() => open(null)}
          testId="statement-panel"
        >
          <p className={classes.amount}>{kes(share.amount)}</p>
          <KeyValues items={statement(run, share)} />
          <p className={classes.soft}>{t("div.statementHint")}</p>
        </SidePanel>
      )}
    </div>
  );
}

/** Every number that a member needs to do the sum again. */
function statement(run: Run, share: Share) {
  return [
    { name: t("div.own"), value: kes(share.memberSavings), figure: true },
    { name: t("div.savings"), value: kes(run.totalSavings), figure: true },
    { name: t("div.part"), value: percent(share.sharePercentage), figure: true },
    { name: t("div.distributable"), value: kes(run.distributable), figure: true },
    { name: t("div.share"), value: kes(share.amount), figure: true },
    { name: t("div.how"), value: share.payout && t(`div.payout.${share.payout}`), figure: true },
    { name: t("funds.paidOn"), value: share.paidOn && plainDate(share.paidOn), figure: true },
  ];
}
