import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { LanguageButtons } from "../../components/LanguageSwitch";
import { t } from "../../i18n";
import { chooseAccount, showSignIn, unlockWith, unsentHere, useSession } from "../../state/session";
import { isPin } from "../../store/vault";
import { Accounts } from "./Accounts";
import styles from "./signin.module.css";

/** From here on it is said what the tenth wrong PIN takes, and what it does not. */
const WARN_BELOW = 5;

export function Unlock() {
  const { account, accounts } = useSession();
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [warning, setWarning] = useState<string | null>(null);
  const [lockedUntil, setLockedUntil] = useState(account?.lockedUntil ?? 0);
  const waiting = useCountdown(lockedUntil);
  const input = useRef<HTMLFormElement>(null);
  useEffect(() => input.current?.querySelector("input")?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isPin(pin)) return setProblem(t("pin.format"));
    setBusy(true);
    setProblem(null);
    // Anything but an answer, such as a full phone, is said elsewhere; the form stays usable.
    const result = await unlockWith(pin).catch((error: unknown) => {
      setBusy(false);
      throw error;
    });
    // Open or exhausted: another screen is there by now.
    if (result.kind === "open" || result.kind === "exhausted") return;
    setBusy(false);
    setPin("");
    setLockedUntil(result.lockedUntil);
    if (result.kind !== "wrong") return;
    const { triesLeft: left } = result;
    setProblem(t("pin.wrong", { left }));
    if (left > WARN_BELOW) return;
    const count = await unsentHere();
    setWarning(count > 0 ? t("pin.warning", { left, count }) : t("pin.warningClean", { left }));
  };

  const others = accounts.filter((row) => row.userId !== account?.userId);
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit} noValidate ref={input}>
        <div className={styles.top}>
          <p className={styles.app}>{t("app.name")}</p>
          <LanguageButtons />
        </div>
        <h1>{t("pin.unlockTitle", { name: account?.name ?? "" })}</h1>
        <TextField
          label={t("pin.label")}
          data-testid="pin-input"
          className={styles.pin}
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          value={pin}
          onChange={(event) => setPin(event.target.value.replace(/\D/g, "").slice(0, 6))}
          error={waiting ? t("pin.wait", { time: waiting }) : problem}
          disabled={waiting !== null}
        />
        <Button
          look="primary"
          wide
          type="submit"
          disabled={busy || waiting !== null}
          data-testid="pin-unlock"
        >
          {t("pin.unlock")}
        </Button>
        {warning ? (
          <p className={styles.warning} role="status">
            {warning}
          </p>
        ) : (
          <p className={styles.soft}>{t("pin.unsentSafe")}</p>
        )}
        <button
          type="button"
          className={styles.link}
          onClick={() => showSignIn({ forgotPin: true })}
        >
          {t("pin.forgot")}
        </button>
        <button
          type="button"
          className={styles.link}
          onClick={() => showSignIn()}
          data-testid="pin-someone-else"
        >
          {t("pin.someoneElse")}
        </button>
      </form>
      {others.length > 0 && (
        <Accounts title={t("pin.other")} accounts={others} onChoose={chooseAccount} />
      )}
    </main>
  );
}

/** "0:30" until the moment has come, then null. */
function useCountdown(until: number): string | null {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  const seconds = Math.ceil((until - now) / 1000);
  if (seconds <= 0) return null;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
