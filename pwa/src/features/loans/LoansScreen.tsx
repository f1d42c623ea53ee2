/** All loans of a group, or of all groups, by what they wait for. */
import { formatDay } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useEffect, useMemo, useState } from "react";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import list from "../../components/List.module.css";
import { Screen, Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { navigate, useQuery } from "../../lib/router";
import { useData } from "../../state/data";
import { type LoanRow, useLoanRows } from "../../state/loan-rows";
import { STAGES, type Stage, staged } from "../../state/loan-steps";
import { usePrefs } from "../../state/prefs";
import { useView } from "../../state/view";
import { CopyAge } from "./CopyAge";
import styles from "./loans.module.css";

const SHOWN = 30;

export function LoansScreen() {
  const query = useQuery();
  const memberId = query.get("member");
  const groupId = query.get("group");
  const groups = useData((state) => state.groups);
  const name = useData((state) => memberId && state.members.get(memberId)?.memberName);
  const rows = useLoanRows(memberId ?? groupId);
  const ofMember = useData((state) => memberId && state.members.get(memberId)?.groupId);
  useEffect(() => useView.setState({ groupId: ofMember || groupId }), [ofMember, groupId]);
  const whose = memberId ? `?member=${memberId}` : groupId ? `?group=${groupId}` : "";
  const quote = `/loans/quote${whose}`;
  const apply = `/loans/new${whose}`;
  return (
    <Screen
      title={name ? t("loans.of", { name }) : t("loans.title")}
      back={memberId ? `/members/${memberId}` : "/"}
    >
      <div className={styles.pair}>
        <Button onClick={() => navigate(quote)}>{t("quote.title")}</Button>
        <Button look="primary" onClick={() => navigate(apply)} data-testid="loan-new">
          {t("loans.apply")}
        </Button>
      </div>
      {!memberId && groups.size > 1 && (
        <select
          className={styles.filter}
          aria-label={t("form.group")}
          value={groupId ?? ""}
          onChange={({ target }) =>
            navigate(target.value ? `/loans?group=${target.value}` : "/loans", { replace: true })
          }
        >
          <option value="">{t("nav.allGroups")}</option>
          {[...groups.values()].map((group) => (
            <option key={group.id} value={group.id}>
              {group.name}
            </option>
          ))}
        </select>
      )}
      {rows?.length === 0 && <p className={styles.soft}>{t("loans.empty")}</p>}
      {rows && rows.length > 0 && <p className={styles.column}>KES</p>}
      {rows && <Stages rows={rows} />}
      <CopyAge />
    </Screen>
  );
}

function Stages({ rows }: { rows: readonly LoanRow[] }) {
  const found = useMemo(() => staged(rows), [rows]);
  return STAGES.map((stage) => {
    const list = found.get(stage) ?? [];
    return list.length > 0 ? <StageList key={stage} stage={stage} rows={list} /> : null;
  });
}

function StageList({ stage, rows }: { stage: Stage; rows: readonly LoanRow[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, stage === "closed" ? 5 : SHOWN);
  return (
    <Section title={`${t(`loans.${stage}`)} (${rows.length})`}>
      <ul className={list.list} data-testid={`loans-${stage}`}>
        {shown.map((row) => (
          <li key={row.loan.id}>
            <LoanLink row={row} stage={stage} />
          </li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <Button onClick={() => setAll(true)}>
          {t("loans.more", { count: rows.length - shown.length })}
        </Button>
      )}
    </Section>
  );
}

function LoanLink({ row, stage }: { row: LoanRow; stage: Stage }) {
  const language = usePrefs((state) => state.language);
  const { loan, due, name, step } = row;
  return (
    <a className={list.row} href={`#/loans/${loan.id}`}>
      <span className={list.main}>
        <span className={styles.who}>{name}</span>
        <span className={stage === "arrears" ? styles.wrong : list.soft}>
          {under(row, stage, language)}
        </span>
        {loan.pending && <StateBadge status={loan.pending.status} />}
      </span>
      <span className={list.amount}>
        {formatMoney(due ? due.now || due.nextAmount : loan.loanAmount)}
      </span>
      <Icon name={step === "done" ? "check" : "forward"} size={20} />
    </a>
  );
}

function under({ loan, due, step }: LoanRow, stage: Stage, language: string): string {
  switch (stage) {
    case "mine":
    case "waiting":
      return step === "repay" || step === "done" ? "" : t(`loans.step.${step}`);
    case "arrears":
      return t("loans.late", { count: due?.daysOverdue ?? 0 });
    case "running":
      if (due && due.now > 0) return t("loans.dueToday");
      return due?.nextDue ? t("loans.next", { date: formatDay(due.nextDue, language) }) : "";
    case "money":
      return t("loans.step.payOut");
    case "closed":
      return t(`loan.status.${loan.status}`);
  }
}
