/** One step of the meeting: where one is, what is done there, and one main action at the thumb. */
import { formatMoney } from "@tablebanking/common/money";
import { type ReactNode, useEffect } from "react";
import { Button } from "../../components/Button";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { type ListedMeeting, useCash } from "../../state/meetings";
import { useView } from "../../state/view";
import { Stepper } from "./Stepper";
import styles from "./step.module.css";
import { nextStep, pathOf, type Step, stepWord } from "./steps";

interface Props {
  meeting: ListedMeeting;
  step: Step;
  /** The children scroll by themselves. */
  fixed?: boolean;
  /** In place of the way to the next step. */
  foot?: ReactNode;
  children: ReactNode;
}

export function StepFrame({ meeting, step, fixed, foot, children }: Props) {
  const { groupId } = meeting;
  const padOpen = useView((state) => state.padOpen);
  useEffect(() => useView.setState({ groupId }), [groupId]);
  return (
    <Screen fixed back={`/meeting/${groupId}`} title={t(stepWord(step))}>
      {!padOpen && <Stepper meeting={meeting} step={step} />}
      {fixed ? children : <div className={styles.scroll}>{children}</div>}
      {foot === undefined ? <NextFoot meeting={meeting} step={step} /> : foot}
    </Screen>
  );
}

function NextFoot({ meeting, step }: { meeting: ListedMeeting; step: Step }) {
  const next = nextStep(step);
  return (
    <Foot label={t("step.onTable")} amount={useCash(meeting.groupId)}>
      <Button
        look="primary"
        wide
        onClick={() => navigate(pathOf(meeting.id, next))}
        data-testid="step-next"
      >
        {t("step.next", { name: t(stepWord(next)) })}
      </Button>
    </Foot>
  );
}

export function Foot({
  label,
  amount,
  children,
}: {
  label: string;
  amount: number;
  children: ReactNode;
}) {
  return (
    <div className={styles.foot}>
      <dl className={styles.sum}>
        <dt>{label}</dt>
        <dd data-testid="cash-on-table">{formatMoney(amount)}</dd>
      </dl>
      {children}
    </div>
  );
}
