import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import { type FormEvent, useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { t } from "../../i18n";
import { errorText } from "../../lib/error-text";
import type { RequestError } from "../../lib/graphql-request";
import { signIn } from "../../lib/session";
import { useSession } from "../../lib/use-session";
import classes from "./SignInPage.module.css";

type Errors = { phone?: string; password?: string; general?: string };

export function SignInPage() {
  const { user, ended } = useSession();
  const [params] = useSearchParams();
  if (user) return <Navigate to={safeNext(params.get("next"))} replace />;
  return (
    <main className={classes.page}>
      <SignInForm expired={ended === "expired"} />
    </main>
  );
}

function SignInForm({ expired }: { expired: boolean }) {
  const [phone, setPhone] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const number = parseKenyanMobile(phone);
    const found: Errors = {};
    if (!number) found.phone = t("login.phoneWrong");
    if (!password) found.password = t("login.passwordMissing");
    setErrors(found);
    if (!number || !password || busy) return;
    setBusy(true);
    const refusal = await signIn(number, password);
    setBusy(false);
    if (refusal) setErrors(explain(refusal));
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label={t("login.title")}>
      <img src="/favicon.svg" alt="" width={40} height={40} />
      <h1 className={classes.title}>{t("app.name")}</h1>
      {expired && !errors.general && (
        <Alert color="gray" role="status">
          {t("login.expired")}
        </Alert>
      )}
      {errors.general && (
        <Alert color="red" role="alert" data-testid="login-error">
          {errors.general}
        </Alert>
      )}
      <TextInput
        label={t("login.phone")}
        description={t("login.phoneHint")}
        type="tel"
        autoComplete="username"
        autoFocus
        value={phone}
        onChange={(event) => setPhone(event.currentTarget.value)}
        error={errors.phone}
        data-testid="login-phone"
      />
      <PasswordInput
        label={t("login.password")}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={errors.password}
        data-testid="login-password"
      />
      <Button type="submit" size="md" loading={busy} data-testid="login-submit">
        {t("login.submit")}
      </Button>
      <Link className={classes.link} to="/welcome" data-testid="login-code">
        {t("login.haveCode")}
      </Link>
      <LanguageSwitch />
    </form>
  );
}

function explain(error: RequestError): Errors {
  if (error.code === "TOO_MANY_REQUESTS") return { general: t("login.tooMany") };
  const field = error.failures[0]?.field?.replace(/^input\./, "");
  if (field === "phone") return { phone: error.message };
  if (error.failures.some(({ code }) => code === "DEVICE_REVOKED"))
    return { general: t("login.shutOut") };
  if (error.kind === "refused") return { password: t("login.refused") };
  return { general: errorText(error) };
}

/** Only places of this app: a crafted link must not lead a fresh sign-in elsewhere. */
function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}
