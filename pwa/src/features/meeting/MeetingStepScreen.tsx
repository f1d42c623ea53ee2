import { useEffect, useRef } from "react";
import { Screen } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import { isClosedHere, type ListedMeeting } from "../../state/meetings";
import { useRecord } from "../../state/records";
import { AttendanceStep } from "./AttendanceStep";
import { BankStep } from "./BankStep";
import { CollectStep } from "./CollectStep";
import { CountStep } from "./CountStep";
import { LoansStep } from "./LoansStep";
import { MinutesStep } from "./MinutesStep";
import { OtherStep } from "./OtherStep";
import styles from "./step.module.css";
import { isStep, pathOf, type Step } from "./steps";
import { keepStep } from "./use-step";

/** An open meeting at one of its steps; a closed one has its minutes only. */
export function MeetingStepScreen({ id, step }: { id: string; step: string }) {
  const meeting = useRecord("meetings", id);
  const open = meeting?.status === "OPEN";
  const wanted: Step = isStep(step) ? step : "attendance";
  const shown = open ? (wanted === "minutes" ? "attendance" : wanted) : "minutes";
  useEffect(() => {
    if (meeting && shown !== step) navigate(pathOf(id, shown), { replace: true });
    if (open) void keepStep(id, shown);
  }, [meeting, open, id, shown, step]);
  useSayClosed(meeting ?? null);
  if (meeting === null) return <Screen title="">{null}</Screen>;
  if (meeting === undefined) {
    return (
      <Screen title={t("meeting.title")} back="/meeting">
        <p className={styles.soft}>{t("meetings.missing")}</p>
      </Screen>
    );
  }
  return <StepOf meeting={meeting} step={shown} />;
}

/** Says why the step is gone: the meeting was closed meanwhile, and not here. */
function useSayClosed(meeting: ListedMeeting | null) {
  const wasOpen = useRef(false);
  const operations = useData((state) => state.operations);
  const closed = meeting !== null && meeting.status !== "OPEN";
  const elsewhere = closed && !isClosedHere(operations, meeting.id);
  const name = meeting?.closedBy ?? "";
  useEffect(() => {
    if (wasOpen.current && elsewhere) toast(t("minutes.closedMeanwhile", { name }), "bad");
    wasOpen.current = meeting?.status === "OPEN";
  }, [meeting?.status, elsewhere, name]);
}

function StepOf({ meeting, step }: { meeting: ListedMeeting; step: Step }) {
  switch (step) {
    case "attendance":
      return <AttendanceStep meeting={meeting} />;
    case "collect":
      return <CollectStep meeting={meeting} />;
    case "loans":
      return <LoansStep meeting={meeting} />;
    case "other":
      return <OtherStep meeting={meeting} />;
    case "bank":
      return <BankStep meeting={meeting} />;
    case "count":
      return <CountStep meeting={meeting} />;
    case "minutes":
      return <MinutesStep meeting={meeting} />;
  }
}
