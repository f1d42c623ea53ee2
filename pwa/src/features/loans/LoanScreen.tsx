import { formatDate } from "@tablebanking/common/dates";
import { formatKes, formatMoney } from "@tablebanking/common/money";
import { useEffect } from "react";
import { Details } from "../../components/Details";
import { Icon } from "../../components/Icon";
import { Screen, Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { usePrefs } from "../../state/prefs";
import { useView } from "../../state/view";
import { Approvals } from "./Approvals";
import { CopyAge } from "./CopyAge";
import { CostSummary } from "./CostSummary";
import { formatPercent } from "./cost";
import styles from "./loans.module.css";
import { MainAction } from "./MainAction";
import { OfficeNotices, useTroubled } from "./OfficeNotices";
import { Repayments } from "./Repayments";
import { ScheduleTable } from "./ScheduleTable";
import { type ShownLoan, useLoan } from "./use-loan";

export function LoanScreen({ id }: { id: string }) {
  const shown = useLoan(id);
  const troubled = useTroubled(id);
  const groupId = shown?.loan.groupId;
  useEffect(() => {
    if (groupId) useView.setState({ groupId });
  }, [groupId]);
  if (!shown) {
    return (
      <Screen title={t("loan.title")} back="/loans">
        {shown === undefined && <p>{t("loan.gone")}</p>}
      </Screen>
    );
  }
  const { loan, member, step, schedule } = shown;
  const running = loan.disbursedOn !== null;
  const refused = loan.status === "REJECTED";
  // What lies at the office or was refused comes first: it must not be done twice.
  const stuck =
    loan.status === "APPROVED" &&
    troubled.some((one) => one.status === "held" && one.type === "disburseLoan");
  return (
    <Screen title={member?.memberName ?? t("loan.title")} back="/loans">
      <Head shown={shown} />
      <OfficeNotices operations={troubled} />
      {!stuck && <MainAction loan={loan} member={member} step={step} />}
      <Approvals loan={loan} />
      <Section title={t("loan.what")}>
        {!refused && <CostSummary loan={loan} />}
        <Facts shown={shown} />
      </Section>
      <Repayments loanId={id} />
      {!refused && (
        <Section title={running ? t("loan.schedule") : t("loan.scheduleToday")}>
          <ScheduleTable schedule={schedule} running={running} />
        </Section>
      )}
      <CopyAge />
    </Screen>
  );
}

/** Money first: what is owed now; before the payout, what was asked for. */
function Head({ shown: { loan, due } }: { shown: ShownLoan }) {
  const language = usePrefs((state) => state.language);
  const runs = loan.status === "DISBURSED";
  const next = due.nextDue ? formatDate(due.nextDue, language) : null;
  const owes = due.now > 0;
  const dueLine = owes || !next ? t("loan.dueToday") : t("loan.dueOn", { date: next });
  const headline = runs ? dueLine : t("loan.amount");
  return (
    <section aria-label={t("loan.title")} className={styles.head}>
      <p className={styles.badges}>
        <span className={styles.status} data-testid="loan-status">
          {t(`loan.status.${loan.status}`)}
        </span>
        {loan.pending && (
          <a href="#/outbox">
            <StateBadge status={loan.pending.status} />
          </a>
        )}
      </p>
      <p className={styles.soft}>{headline} (KES)</p>
      <p className={styles.big} data-testid="loan-due">
        {formatMoney(runs ? due.now || due.nextAmount : loan.loanAmount)}
      </p>
      {runs && due.daysOverdue > 0 && (
        <p className={styles.late} data-testid="loan-late">
          <Icon name="alert" size={20} />
          {t("loan.lateBy", { count: due.daysOverdue, amount: formatKes(due.arrears) })}
        </p>
      )}
      {runs && owes && next && (
        <p>{t("loan.nextDue", { amount: formatKes(due.nextAmount), date: next })}</p>
      )}
      {runs && <p>{t("loan.settlesToday", { amount: formatKes(due.settles) })}</p>}
      {loan.rejectedReason && <p>{t("loan.because", { reason: loan.rejectedReason })}</p>}
      {loan.writeOffReason && <p>{t("loan.because", { reason: loan.writeOffReason })}</p>}
    </section>
  );
}

function Facts({ shown: { loan, due } }: { shown: ShownLoan }) {
  const language = usePrefs((state) => state.language);
  const day = (date: string | null) => date && formatDate(date, language);
  const runs = loan.status === "DISBURSED";
  return (
    <Details
      rows={[
        [t("loan.amount"), formatKes(loan.loanAmount)],
        [t("loan.type"), t(`loanType.${loan.loanType}`)],
        [
          t("loan.rate"),
          t(`loan.rateOf.${loan.loanType}`, { rate: formatPercent(loan.interestRate) }),
        ],
        [t("apply.purpose"), loan.purpose],
        [t("apply.witnesses"), loan.witnesses.map(({ memberName }) => memberName).join(", ")],
        [t("loan.appliedOn"), day(loan.applicationDate)],
        [t("loan.paidOutOn"), day(loan.disbursedOn)],
        [t("loan.principalLeft"), runs ? formatKes(due.outstandingPrincipal) : null],
        [t("loan.finesOpen"), due.fines > 0 ? formatKes(due.fines) : null],
        [t("loan.completedOn"), day(loan.completedOn)],
      ]}
    />
  );
}
