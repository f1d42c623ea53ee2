import { lazy, Suspense, useEffect } from "react";
import { ClockWarning } from "../../components/ClockWarning";
import { Screen, Section } from "../../components/Screen";
import { loadLater, t } from "../../i18n";
import { useData } from "../../state/data";
import { useView } from "../../state/view";
import { DutySwitch } from "./DutySwitch";
import { FirstCopy } from "./FirstCopy";
import { OthersWork } from "./OthersWork";
import { Safety } from "./Safety";
import { TodayGroups } from "./TodayGroups";

/** It reckons with loans, which the first look at Today need not wait for. */
const Plan = lazy(async () => {
  const [module] = await Promise.all([import("./Plan"), loadLater()]);
  return { default: module.Plan };
});

const NONE: ReadonlySet<string> = new Set();

export function TodayScreen() {
  const firstCopy = useData((state) => state.firstCopy);
  useEffect(() => useView.setState({ groupId: null }), []);
  const groups = (
    <Section title={t("today.groups")}>
      <TodayGroups due={null} meetingNow={NONE} />
    </Section>
  );
  return (
    <Screen title={t("today.title")}>
      {!firstCopy.done && <FirstCopy {...firstCopy} />}
      <ClockWarning />
      <Safety />
      <OthersWork />
      <DecisionNotice />
      <DutySwitch />
      <Suspense fallback={groups}>
        <Plan />
      </Suspense>
    </Screen>
  );
}

const NoticeOffer = lazy(async () => {
  const [module] = await Promise.all([import("../../components/NoticeOffer"), loadLater()]);
  return { default: module.NoticeOffer };
});

/** What somebody else decides: an application, or what lies at the office. */
const AWAITED = new Set(["applyForLoan", "requestWelfare"]);

function DecisionNotice() {
  const awaited = useData(({ operations }) =>
    operations.some(
      ({ type, status }) => status === "held" || (AWAITED.has(type) && status !== "removed"),
    ),
  );
  return awaited ? (
    <Suspense fallback={null}>
      <NoticeOffer />
    </Suspense>
  ) : null;
}
