import { formatMoment } from "@tablebanking/common/dates";
import { lazy, Suspense, useEffect } from "react";
import { Button } from "../../components/Button";
import { GroupList } from "../../components/GroupList";
import { Screen, Section } from "../../components/Screen";
import { loadLater, t } from "../../i18n";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import { useView } from "../../state/view";
import { isUnsent, needsOfficer } from "../../sync/outbox";
import { DutySwitch } from "./DutySwitch";
import { FirstCopy } from "./FirstCopy";
import styles from "./today.module.css";

export function TodayScreen() {
  const firstCopy = useData((state) => state.firstCopy);
  useEffect(() => useView.setState({ groupId: null }), []);
  return (
    <Screen title={t("today.title")}>
      {!firstCopy.done && <FirstCopy {...firstCopy} />}
      <Waiting />
      <DecisionNotice />
      <DutySwitch />
      <Section title={t("today.groups")}>
        <GroupList empty={t("today.noGroups")} />
      </Section>
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

/** What waits to go up, and how old it is: the number the officer looks for first. */
function Waiting() {
  const language = usePrefs((state) => state.language);
  const operations = useData((state) => state.operations);
  const positions = useData((state) => state.positionsWaiting);
  const lastPullAt = useData((state) => state.lastPullAt);
  const unsent = operations.filter(isUnsent);
  const needy = operations.filter(needsOfficer).length;
  const oldest = unsent[0];
  return (
    <section className={styles.waiting} aria-label={t("today.waiting")}>
      {unsent.length === 0 ? (
        <p className={styles.allSaved}>{t("today.nothingWaiting")}</p>
      ) : (
        <>
          <h2>{t("today.waiting")}</h2>
          <p className={styles.number}>{t("today.records", { count: unsent.length })}</p>
        </>
      )}
      {oldest && <p>{t("today.oldest", { moment: formatMoment(oldest.timestamp, language) })}</p>}
      {positions > 0 && <p>{t("today.positions", { count: positions })}</p>}
      <p className={styles.soft}>
        {lastPullAt
          ? t("today.lastCopy", { moment: formatMoment(lastPullAt, language) })
          : t("today.noCopy")}
      </p>
      {needy > 0 && (
        <p className={styles.needy}>
          {t("today.needsYou", { count: needy })}
          <Button onClick={() => navigate("/outbox")}>{t("today.look")}</Button>
        </p>
      )}
    </section>
  );
}
