import { formatMoment } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useMemo } from "react";
import { Button } from "../../components/Button";
import { Icon, type IconName } from "../../components/Icon";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import { type Safety as State, safetyOf, withPictures } from "../../state/safety";
import { isUnsentUpload } from "../../sync/upload-box";
import styles from "./today.module.css";

const ICONS: Record<State["level"], IconName> = {
  safe: "check",
  waiting: "clock",
  old: "alert",
  needsYou: "alert",
};

/** What waits to go up, and how old it is: the number the officer looks for first. */
export function Safety() {
  const operations = useData((state) => state.operations);
  const positions = useData((state) => state.positionsWaiting);
  const uploads = useData((state) => state.uploads);
  const pictures = useMemo(() => uploads.filter(isUnsentUpload), [uploads]);
  const safety = useMemo(
    () => withPictures(safetyOf(operations), pictures),
    [operations, pictures],
  );
  const copied = useData((state) => state.firstCopy.done);
  const { level, unsent, needsYou, atOffice, cash } = safety;
  return (
    <section
      className={styles.safety}
      aria-label={t("today.safe")}
      data-level={copied ? level : level === "safe" ? "new" : level}
    >
      <p className={styles.verdict}>
        <Icon name={copied || level !== "safe" ? ICONS[level] : "sync"} size={28} />
        {unsent > 0
          ? t("today.records", { count: unsent })
          : pictures.length > 0
            ? t("today.pictures", { count: pictures.length })
            : t(copied ? "today.nothingWaiting" : "today.nothingYet")}
      </p>
      {unsent > 0 && pictures.length > 0 && (
        <p>{t("today.pictures", { count: pictures.length })}</p>
      )}
      {cash > 0 && <p className={styles.cash}>{t("today.cash", { amount: formatMoney(cash) })}</p>}
      <Oldest safety={safety} />
      {level === "old" && <p className={styles.warning}>{t("today.old", { count: unsent })}</p>}
      {needsYou > 0 && (
        <p className={styles.needy}>
          {t("today.needsYou", { count: needsYou })}
          <Button onClick={() => navigate("/outbox")}>{t("today.look")}</Button>
        </p>
      )}
      {atOffice > 0 && (
        <p className={styles.office}>
          <Icon name="office" size={20} /> {t("today.atOffice", { count: atOffice })}
        </p>
      )}
      {positions > 0 && <p>{t("today.positions", { count: positions })}</p>}
      <LastCopy />
    </section>
  );
}

function Oldest({ safety: { oldestAt, oldestDays } }: { safety: State }) {
  const language = usePrefs((state) => state.language);
  if (oldestAt === null) return null;
  const moment = formatMoment(oldestAt, language);
  return (
    <p>
      {oldestDays > 0
        ? t("today.oldestDays", { moment, days: oldestDays })
        : t("today.oldest", { moment })}
    </p>
  );
}

function LastCopy() {
  const language = usePrefs((state) => state.language);
  const lastPullAt = useData((state) => state.lastPullAt);
  return (
    <p className={styles.soft}>
      {lastPullAt
        ? t("today.lastCopy", { moment: formatMoment(lastPullAt, language) })
        : t("today.noCopy")}
    </p>
  );
}
