/** The figures by subject. Each leads to the list it was counted from, where there is one. */
import { formatMoney, fromDecimal, sumCents } from "@tablebanking/common/money";
import type { ReactNode } from "react";
import { Stat, Stats } from "../../components/Stat";
import { language, t } from "../../i18n";
import { useWayTo } from "../../lib/places";
import classes from "./DashboardPage.module.css";
import type { Figures } from "./dashboard-api";

type Props = { figures: Figures; groups: readonly string[]; county: string };
type PartProps = { figures: Figures; wayTo: (to: string) => string | undefined };

export function FigureGroups({ figures, groups, county }: Props) {
  const way = useWayTo();
  // The list is narrowed as the figures are, as far as a list can be: by one group or a county.
  const narrowing = new URLSearchParams({
    ...(groups.length === 1 && groups[0] && { group: groups[0] }),
    ...(county && { county }),
  });
  const wayTo = (to: string) => {
    const extra = narrowing.toString();
    return way(extra ? `${to}${to.includes("?") ? "&" : "?"}${extra}` : to);
  };
  return (
    <div className={classes.figures}>
      <MoneyFigures figures={figures} wayTo={wayTo} />
      <LoanFigures figures={figures} wayTo={wayTo} />
      <PeopleFigures figures={figures} wayTo={wayTo} />
    </div>
  );
}

type PartFrame = { title: string; columns: 3 | 4 | 5; children: ReactNode };

function Part({ title, columns, children }: PartFrame) {
  return (
    <section className={classes.part} data-columns={columns} aria-label={title}>
      <h2 className={classes.section}>{title}</h2>
      <Stats>{children}</Stats>
    </section>
  );
}

function MoneyFigures({ figures, wayTo }: PartProps) {
  const { series, atEnd, money } = figures;
  const sum = (pick: (month: Figures["series"][number]) => string) =>
    formatMoney(sumCents(series.map((month) => fromDecimal(pick(month)))));
  return (
    <Part title={t("dashboard.money")} columns={4}>
      <Stat
        label={t("dashboard.moneyIn")}
        value={sum(({ moneyIn }) => moneyIn)}
        hint={t("dashboard.moneyInHint", { amount: amount(money.savingsIn) })}
        testId="figure-moneyIn"
      />
      <Stat
        label={t("dashboard.moneyOut")}
        value={sum(({ moneyOut }) => moneyOut)}
        hint={t("dashboard.moneyOutHint", { amount: amount(money.savingsOut) })}
        testId="figure-moneyOut"
      />
      <Stat
        label={t("dashboard.trf")}
        value={amount(atEnd.trf.total)}
        hint={t("dashboard.trfHint", { cash: amount(atEnd.trf.cashInHand) })}
        to={wayTo("/groups")}
        testId="figure-trf"
      />
      <Stat
        label={t("dashboard.income")}
        value={amount(money.interest)}
        hint={t("dashboard.incomeHint", { fines: amount(money.fines) })}
        testId="figure-income"
      />
    </Part>
  );
}

function LoanFigures({ figures, wayTo }: PartProps) {
  const { loans, atEnd } = figures;
  const { trf } = atEnd;
  return (
    <Part title={t("dashboard.loans")} columns={3}>
      <Stat
        label={t("dashboard.loansOut")}
        value={amount(atEnd.loansOut)}
        hint={
          <span className={classes.types}>
            <TypeHint name={t("dashboard.shortTerm")} value={trf.shortTermLoans} />
            <TypeHint name={t("dashboard.longTerm")} value={trf.longTermLoans} />
            <TypeHint name={t("dashboard.project")} value={trf.projectLoans} />
          </span>
        }
        to={wayTo("/loans?stage=RUNNING")}
        testId="figure-loansOut"
      />
      <Stat
        label={t("dashboard.par")}
        value={percent(atEnd.par30)}
        hint={t("dashboard.parHint", { amount: amount(atEnd.atRisk) })}
        to={wayTo("/loans?stage=OVERDUE")}
        testId="figure-par"
      />
      <Stat
        label={t("dashboard.repayment")}
        value={percent(loans.repaymentRate)}
        hint={t("dashboard.repaymentHint", { rate: percent(loans.onTimeRate) ?? "—" })}
        testId="figure-repayment"
      />
      <Stat
        label={t("dashboard.arrears")}
        value={amount(loans.arrears)}
        hint={t("dashboard.arrearsHint", { count: loans.loansInArrears })}
        to={wayTo("/loans?stage=OVERDUE")}
        testId="figure-arrears"
      />
      <Stat
        label={t("dashboard.disbursed")}
        value={amount(loans.disbursed.amount)}
        hint={t("dashboard.disbursedHint", {
          count: loans.disbursed.count,
          applied: loans.applied.count,
        })}
        to={wayTo("/loans")}
        testId="figure-disbursed"
      />
      <Stat
        label={t("dashboard.toMoney")}
        value={hours(loans.disbursement.median)}
        hint={t("dashboard.toMoneyHint", {
          share: percent(loans.disbursement.within48Hours) ?? "—",
          approval: hours(loans.approval.median) ?? "—",
        })}
        testId="figure-toMoney"
      />
    </Part>
  );
}

function TypeHint({ name, value }: { name: string; value: string }) {
  return (
    <span className={classes.type}>
      <span>{name}</span>
      <span className="money">{amount(value)}</span>
    </span>
  );
}

function PeopleFigures({ figures, wayTo }: PartProps) {
  const { members, officers, sync } = figures;
  return (
    <Part title={t("dashboard.people")} columns={5}>
      <Stat
        label={t("dashboard.members")}
        value={whole(members.atEnd)}
        hint={t("dashboard.membersHint", { joined: members.joined, left: members.left })}
        to={wayTo("/members")}
        testId="figure-members"
      />
      <Stat
        label={t("dashboard.growth")}
        value={percent(members.growth)}
        hint={t("dashboard.growthHint")}
        testId="figure-growth"
      />
      <Stat
        label={t("dashboard.officers")}
        value={officers.active}
        hint={t("dashboard.officersHint", {
          count: officers.transactions,
          rate: officers.perDay === null ? "—" : officers.perDay.toFixed(1),
        })}
        to={wayTo("/map")}
        testId="figure-officers"
      />
      <Stat
        label={t("dashboard.sync")}
        value={percent(sync.success)}
        hint={t("dashboard.syncHint", { count: whole(sync.sent), refused: whole(sync.refused) })}
        testId="figure-sync"
      />
      <Stat
        label={t("dashboard.held")}
        value={amount(sync.heldOpenAmount)}
        hint={t("dashboard.heldHint", { count: sync.heldOpen })}
        to={wayTo("/review")}
        testId="figure-held"
      />
    </Part>
  );
}

const whole = (count: number) => count.toLocaleString(language === "en" ? "en-GB" : language);
const amount = (decimal: string) => formatMoney(fromDecimal(decimal));

function percent(value: string | null): string | null {
  return value === null ? null : `${value.replace("-", "\u2212")} %`;
}

function hours(value: number | null): string | null {
  if (value === null) return null;
  if (value < 48) return t("dashboard.hours", { count: value.toFixed(1) });
  return t("dashboard.days", { count: (value / 24).toFixed(1) });
}
