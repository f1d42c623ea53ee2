import { formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import { useData } from "../../state/data";
import type { ListedMeeting } from "../../state/meetings";
import { useRecords } from "../../state/records";
import type { Listed } from "../../state/waiting";
import { Applications } from "./Applications";
import { PayOutDialog } from "./PayOutDialog";
import { RepayDialog } from "./RepayDialog";
import { RunningRow } from "./RunningRow";
import { StepFrame } from "./StepFrame";
import styles from "./step.module.css";

const NO_FINES: FineCharge[] = [];
type Shown = { what: "repay" | "payOut"; loan: Listed<Loan> };

export function LoansStep({ meeting }: { meeting: ListedMeeting }) {
  const { groupId } = meeting;
  const loans = useRecords("loans", groupId) ?? [];
  const fines = useRecords("fineCharges", groupId) ?? NO_FINES;
  const members = useData((state) => state.members);
  const [shown, setShown] = useState<Shown | null>(null);
  const name = (loan: Loan) => members.get(loan.memberId)?.memberName ?? "";
  const byName = (a: Loan, b: Loan) => name(a).localeCompare(name(b));
  const running = loans.filter((loan) => loan.status === "DISBURSED").sort(byName);
  const approved = loans.filter((loan) => loan.status === "APPROVED").sort(byName);
  return (
    <StepFrame meeting={meeting} step="loans">
      <Section title={t("loanStep.due")}>
        {running.length === 0 && <p className={styles.soft}>{t("loanStep.none")}</p>}
        <ul>
          {running.map((loan) => (
            <RunningRow
              key={loan.id}
              name={name(loan)}
              loan={loan}
              fines={fines}
              meeting={meeting}
              onOpen={() => setShown({ what: "repay", loan })}
            />
          ))}
        </ul>
      </Section>
      <Section title={t("loanStep.payOut")}>
        {approved.length === 0 && <p className={styles.soft}>{t("loanStep.nobodyWaits")}</p>}
        <ul>
          {approved.map((loan) => (
            <li key={loan.id} className={styles.row}>
              <span className={styles.main}>
                <span className={styles.name}>{name(loan)}</span>
                <span className={styles.soft}>
                  {loan.fee > 0
                    ? t("loanStep.principalLessFee", {
                        amount: formatMoney(loan.loanAmount),
                        fee: formatMoney(loan.fee),
                      })
                    : loan.purpose}
                </span>
              </span>
              <span className={styles.actions}>
                <Button onClick={() => setShown({ what: "payOut", loan })} data-testid="pay-out">
                  {t("loanStep.handOut", { amount: formatMoney(loan.loanAmount - loan.fee) })}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Applications groupId={groupId} />
      <Button
        icon="plus"
        onClick={() => navigate(`/loans/new?group=${groupId}&meeting=${meeting.id}`)}
      >
        {t("loanStep.new")}
      </Button>
      {shown?.what === "repay" && (
        <RepayDialog
          meeting={meeting}
          loan={shown.loan}
          name={name(shown.loan)}
          fines={fines}
          onClose={() => setShown(null)}
        />
      )}
      {shown?.what === "payOut" && (
        <PayOutDialog
          meeting={meeting}
          loan={shown.loan}
          name={name(shown.loan)}
          onClose={() => setShown(null)}
        />
      )}
    </StepFrame>
  );
}
