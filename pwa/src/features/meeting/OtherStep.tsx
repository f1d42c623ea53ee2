import { formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { type Key, t } from "../../i18n";
import { useData } from "../../state/data";
import { entriesOf, type ListedMeeting } from "../../state/meetings";
import { MoneyDialog } from "./MoneyDialog";
import { StepFrame } from "./StepFrame";
import styles from "./step.module.css";
import { WelfareSection } from "./WelfareSection";

/** Welfare, expenses, what the group earned: all else that passes over the table. */
export function OtherStep({ meeting }: { meeting: ListedMeeting }) {
  const operations = useData((state) => state.operations);
  const [adding, setAdding] = useState(false);
  const money = entriesOf(operations, meeting.id).filter(
    ({ operation }) => operation.body.type === "recordMovement",
  );
  return (
    <StepFrame meeting={meeting} step="other">
      <WelfareSection groupId={meeting.groupId} meeting={meeting} title={t("other.welfare")} />
      <Section title={t("other.money")}>
        {money.length === 0 && <p className={styles.soft}>{t("other.noMoney")}</p>}
        <ul>
          {money.map(({ operation, line }) => (
            <li key={operation.id} className={styles.row} data-testid="other-money">
              <span className={styles.main}>
                <span className={styles.name}>{t(`line.${line.label}` as Key)}</span>
                <span className={styles.soft}>
                  {operation.body.type === "recordMovement" && operation.body.input.description}
                </span>
                <StateBadge status={operation.status} />
              </span>
              <span className={styles.amount}>{formatMoney(line.amount)}</span>
            </li>
          ))}
        </ul>
        <Button icon="plus" onClick={() => setAdding(true)} data-testid="add-money">
          {t("other.add")}
        </Button>
      </Section>
      {adding && <MoneyDialog meeting={meeting} onClose={() => setAdding(false)} />}
    </StepFrame>
  );
}
