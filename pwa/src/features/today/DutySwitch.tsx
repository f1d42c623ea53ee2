import { formatMoment } from "@tablebanking/common/dates";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { SelectField } from "../../components/Field";
import { Switch } from "../../components/Switch";
import { t } from "../../i18n";
import { ACTIVITIES, chooseActivity, goOffDuty, goOnDuty, useDuty } from "../../state/duty";
import { usePrefs } from "../../state/prefs";
import styles from "./today.module.css";

export function DutySwitch() {
  const { onDuty, consented, activity, background } = useDuty();
  const [asking, setAsking] = useState(false);
  const turn = () => {
    if (onDuty) void goOffDuty();
    else if (consented) void goOnDuty();
    else setAsking(true);
  };
  return (
    <section className={styles.duty}>
      <Switch
        title={t("duty.title")}
        text={onDuty ? t("duty.on") : t("duty.off")}
        on={onDuty}
        onTurn={turn}
        data-testid="duty-switch"
      />
      {onDuty && (
        <>
          <SelectField
            label={t("duty.activity")}
            value={activity}
            onChange={(event) => void chooseActivity(event.target.value as typeof activity)}
          >
            {ACTIVITIES.map((value) => (
              <option key={value} value={value}>
                {t(`duty.${value}`)}
              </option>
            ))}
          </SelectField>
          <LastPosition />
        </>
      )}
      {asking && (
        <Dialog title={t("duty.consentTitle")} onClose={() => setAsking(false)}>
          <p>{t("duty.consent")}</p>
          <p>{t(background ? "duty.background" : "duty.gaps")}</p>
          <Button
            look="primary"
            wide
            data-testid="duty-agree"
            onClick={() => {
              setAsking(false);
              void goOnDuty();
            }}
          >
            {t("duty.agree")}
          </Button>
        </Dialog>
      )}
    </section>
  );
}

function LastPosition() {
  const { lastPosition, problem, instead, battery, saving, background } = useDuty();
  const language = usePrefs((state) => state.language);
  if (problem) return <p role="alert">{t(`duty.${problem}`)}</p>;
  if (!lastPosition) return <p className={styles.soft}>{t("duty.searching")}</p>;
  const metres = Math.round(lastPosition.accuracy);
  const moment = formatMoment(lastPosition.at, language);
  return (
    <>
      {instead?.reason && <p data-testid="duty-instead">{t(`duty.${instead.reason}`)}</p>}
      <p className={styles.soft} data-testid="duty-position">
        {t("duty.last", { moment, metres })}
        {battery !== null && ` · ${t("duty.battery", { level: battery })}`}
      </p>
      {saving && <p className={styles.soft}>{t("duty.saving")}</p>}
      {!background && <p className={styles.soft}>{t("duty.keepOpen")}</p>}
    </>
  );
}
