import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { FieldError, TextField } from "../../components/Field";
import { LanguageButtons } from "../../components/LanguageSwitch";
import { t } from "../../i18n";
import { cancelSignIn, chooseAccount, isOpen, signIn, useSession } from "../../state/session";
import { Refused, TimedOut, Unreachable } from "../../sync/api";
import { Accounts } from "./Accounts";
import styles from "./signin.module.css";

export function SignIn() {
  const { account, accounts, exhausted } = useSession();
  const [phone, setPhone] = useState(formatPhone(account?.phone ?? ""));
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const number = parseKenyanMobile(phone);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (!number || !password) return;
    setBusy(true);
    try {
      await signIn(number, password);
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };

  const others = accounts.filter((row) => row.vault);
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={styles.top}>
          <p className={styles.app}>{t("app.name")}</p>
          <LanguageButtons />
        </div>
        <h1>{t("signIn.title")}</h1>
        <p className={styles.intro}>{exhausted ? t("signIn.exhausted") : t("signIn.intro")}</p>
        <TextField
          label={t("signIn.phone")}
          data-testid="login-phone"
          type="tel"
          autoComplete="username"
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
          error={tried && !number ? t("signIn.phoneWrong") : null}
        />
        <TextField
          label={t("signIn.password")}
          data-testid="login-password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={tried && !password ? t("signIn.passwordMissing") : null}
        />
        <FieldError id="sign-in-problem" error={problem} />
        <Button look="primary" wide type="submit" disabled={busy} data-testid="login-submit">
          {busy ? t("signIn.busy") : t("signIn.submit")}
        </Button>
        {(isOpen() || account?.vault) && (
          <Button wide onClick={cancelSignIn}>
            {t("signIn.cancel")}
          </Button>
        )}
      </form>
      {others.length > 0 && !isOpen() && (
        <Accounts title={t("signIn.others")} accounts={others} onChoose={chooseAccount} />
      )}
    </main>
  );
}

function explain(error: unknown): string {
  if (error instanceof Unreachable || error instanceof TimedOut) return t("signIn.offline");
  if (error instanceof Refused && ["UNAUTHENTICATED", "BAD_INPUT"].includes(error.code)) {
    return t("signIn.refused");
  }
  if (error instanceof Refused && error.code === "DEVICE_REVOKED") return t("signIn.shutOut");
  return t("signIn.failed");
}
