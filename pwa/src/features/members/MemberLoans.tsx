import { formatDay, todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useMemo } from "react";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import type { ListedMember } from "../../state/data";
import { finesOwed } from "../../state/history";
import { dueNow, isOpenLoan } from "../../state/loans";
import { usePrefs } from "../../state/prefs";
import { useRecords } from "../../state/records";
import type { Listed } from "../../state/waiting";
import styles from "./member.module.css";

/** What the member owes: open loans with what is due, and fines. */
export function MemberLoans({ member }: { member: ListedMember }) {
  const loans = useRecords("loans", member.id);
  const fines = useRecords("fineCharges", member.id);
  const open = useMemo(() => (loans ?? []).filter(isOpenLoan), [loans]);
  const owed = finesOwed(fines ?? []);
  return (
    <Section title={t("loans.title")}>
      {open.map((loan) => (
        <LoanRow key={loan.id} loan={loan} fines={fines ?? []} />
      ))}
      {loans && open.length === 0 && <p className={styles.soft}>{t("member.noLoans")}</p>}
      {owed > 0 && (
        <p className={styles.fines}>
          <Icon name="alert" size={20} />
          {t("member.finesOwed")}
          <strong>{formatMoney(owed)}</strong>
        </p>
      )}
      <div className={styles.pair}>
        <Button onClick={() => navigate(`/loans?member=${member.id}`)} data-testid="member-loans">
          {t("loans.title")}
        </Button>
        <Button
          onClick={() => navigate(`/members/${member.id}/withdraw`)}
          data-testid="member-withdraw"
        >
          {t("withdraw.title")}
        </Button>
      </div>
    </Section>
  );
}

function LoanRow({ loan, fines }: { loan: Listed<Loan>; fines: readonly FineCharge[] }) {
  const language = usePrefs((state) => state.language);
  const due = dueNow(loan, fines, todayInNairobi());
  const running = loan.status === "DISBURSED";
  const late = due.daysOverdue > 0;
  const next =
    due.nextDue &&
    t("member.nextDue", {
      amount: formatMoney(due.nextAmount),
      date: formatDay(due.nextDue, language),
    });
  return (
    <a className={styles.loan} href={`#/loans/${loan.id}`}>
      <span className={styles.loanWords}>
        <strong>{t(`loan.status.${loan.status}`)}</strong>
        {running && late && (
          <span className={styles.late}>
            {t("member.arrears", { amount: formatMoney(due.arrears), count: due.daysOverdue })}
          </span>
        )}
        {running && !late && <span className={styles.soft}>{next}</span>}
        {!running && <span className={styles.soft}>{loan.purpose}</span>}
        {loan.pending && <StateBadge status={loan.pending.status} />}
      </span>
      <span className={styles.loanSum}>
        <strong>{formatMoney(running ? due.settles : loan.loanAmount)}</strong>
        {running && <span className={styles.soft}>{t("member.settles")}</span>}
      </span>
      <Icon name="forward" size={20} />
    </a>
  );
}
