/** Loans that were asked for: what each waits for, and the way to its page, where that is done. */
import { formatMoney } from "@tablebanking/common/money";
import { useMemo } from "react";
import { Icon } from "../../components/Icon";
import list from "../../components/List.module.css";
import { Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { type LoanRow, useLoanRows } from "../../state/loan-rows";
import styles from "./step.module.css";

/** Nothing where nobody asks. */
export function Applications({ groupId }: { groupId: string }) {
  const rows = useLoanRows(groupId);
  const asked = useMemo(() => (rows ?? []).filter(isAsked).sort(oldestFirst), [rows]);
  if (asked.length === 0) return null;
  return (
    <Section title={t("loanStep.asked")}>
      <ul className={list.list}>
        {asked.map(({ loan, step, name }) => (
          <li key={loan.id}>
            <a className={list.row} href={`#/loans/${loan.id}`} data-testid="asked-loan">
              <span className={list.main}>
                <span className={styles.name}>{name}</span>
                <span className={list.soft}>
                  {step !== "repay" && step !== "done" && t(`loans.step.${step}`)}
                </span>
                {loan.pending && <StateBadge status={loan.pending.status} />}
              </span>
              <span className={list.amount}>{formatMoney(loan.loanAmount)}</span>
              <Icon name="forward" size={20} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const isAsked = ({ loan }: LoanRow) => loan.status === "PENDING";

const oldestFirst = (a: LoanRow, b: LoanRow) =>
  a.loan.applicationDate.localeCompare(b.loan.applicationDate) || a.name.localeCompare(b.name);
