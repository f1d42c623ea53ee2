import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { setPin } from "../../state/session";
import { isPin, isWeakPin } from "../../store/vault";
import styles from "./signin.module.css";

export function SetPin() {
  const [pin, setFirst] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const problem = !isPin(pin) ? t("pin.format") : isWeakPin(pin) ? t("pin.weak") : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem || pin !== again) return;
    setBusy(true);
    navigate("/", { replace: true });
    await setPin(pin);
  };

  const digits = (text: string) => text.replace(/\D/g, "").slice(0, 6);
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <h1>{t("pin.setTitle")}</h1>
        <p className={styles.intro}>{t("pin.setIntro")}</p>
        <TextField
          label={t("pin.choose")}
          data-testid="pin-new"
          className={styles.pin}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          value={pin}
          onChange={(event) => setFirst(digits(event.target.value))}
          error={tried ? problem : null}
        />
        <TextField
          label={t("pin.repeat")}
          data-testid="pin-repeat"
          className={styles.pin}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(digits(event.target.value))}
          error={tried && !problem && pin !== again ? t("pin.different") : null}
        />
        <Button look="primary" wide type="submit" disabled={busy} data-testid="pin-save">
          {t("pin.save")}
        </Button>
      </form>
    </main>
  );
}
