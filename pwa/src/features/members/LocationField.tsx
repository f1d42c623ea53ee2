import { useState } from "react";
import { Button } from "../../components/Button";
import { FieldError } from "../../components/Field";
import { t } from "../../i18n";
import { currentPosition, type LocationProblem, type Position } from "../../platform/geolocation";
import styles from "./members.module.css";

interface Props {
  value: Position | null;
  onChange: (position: Position | null) => void;
}

export function LocationField({ value, onChange }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<LocationProblem | null>(null);
  const take = async () => {
    setBusy(true);
    setProblem(null);
    try {
      onChange(await currentPosition());
    } catch (error) {
      setProblem(error as LocationProblem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles.sub}>
      <h2>
        {t("form.location")} <span className={styles.soft}>({t("field.optional")})</span>
      </h2>
      {value && (
        <p role="status">{t("form.locationTaken", { metres: Math.round(value.accuracy) })}</p>
      )}
      <Button icon="pin" wide disabled={busy} onClick={() => void take()}>
        {busy ? t("form.locationBusy") : t("form.locationTake")}
      </Button>
      <FieldError id="location-error" error={problem && t(`duty.${problem}`)} />
    </section>
  );
}
