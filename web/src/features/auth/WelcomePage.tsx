/** For who was given a code: the first password, or a new one. Officers come in here as well. */
import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { AcceptInvitationDocument } from "../../gen/graphql";
import { t } from "../../i18n";
import type { RequestError } from "../../lib/graphql-request";
import { requestGraphQL } from "../../lib/graphql-request";
import { signOut } from "../../lib/session";
import { useForm } from "../../lib/use-form";
import { useSession } from "../../lib/use-session";
import classes from "./SignInPage.module.css";

type Values = { phone: string; code: string; password: string; again: string };
const SHORTEST = 10;
const DIGITS = 8;

export default function WelcomePage() {
  const { user } = useSession();
  const [done, setDone] = useState(false);
  return (
    <main className={classes.page}>
      {done ? (
        <Done />
      ) : user ? (
        <SomebodyElse name={user.name} />
      ) : (
        <Form onDone={() => setDone(true)} />
      )}
    </main>
  );
}

function Head({ title, text }: { title: string; text: string }) {
  return (
    <>
      <img src="/favicon.svg" alt="" width={40} height={40} />
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{text}</p>
    </>
  );
}

function Form({ onDone }: { onDone: () => void }) {
  const form = useForm<Values, unknown>({
    initial: { phone: "", code: "", password: "", again: "" },
    check,
    send: accept,
    onDone,
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
      noValidate
      aria-label={t("welcome.title")}
    >
      <Head title={t("welcome.title")} text={t("welcome.hint")} />
      {form.errors.general && (
        <Alert color="red" role="alert" data-testid="welcome-error">
          {form.errors.general}
        </Alert>
      )}
      <TextInput
        label={t("login.phone")}
        description={t("login.phoneHint")}
        type="tel"
        autoComplete="username"
        {...form.bind("phone")}
        data-testid="welcome-phone"
      />
      <TextInput
        label={t("welcome.code")}
        description={t("welcome.codeHint")}
        inputMode="numeric"
        autoComplete="one-time-code"
        {...form.bind("code")}
        data-testid="welcome-code"
      />
      <PasswordInput
        label={t("welcome.password")}
        description={t("welcome.passwordHint", { count: SHORTEST })}
        autoComplete="new-password"
        {...form.bind("password")}
        data-testid="welcome-password"
      />
      <PasswordInput
        label={t("welcome.again")}
        autoComplete="new-password"
        {...form.bind("again")}
        data-testid="welcome-again"
      />
      <Button type="submit" size="md" loading={form.busy} data-testid="welcome-submit">
        {t("welcome.submit")}
      </Button>
      <Link className={classes.link} to="/sign-in">
        {t("welcome.back")}
      </Link>
      <LanguageSwitch />
    </form>
  );
}

function Done() {
  const navigate = useNavigate();
  return (
    <div className={classes.form} data-testid="welcome-done">
      <Head title={t("welcome.done")} text={t("welcome.doneHint")} />
      <Button size="md" onClick={() => navigate("/sign-in")} data-testid="welcome-sign-in">
        {t("welcome.office")}
      </Button>
      <Button size="md" variant="default" component="a" href="/field/">
        {t("welcome.field")}
      </Button>
    </div>
  );
}

/** A code must not be used while somebody else's session is open in this browser. */
function SomebodyElse({ name }: { name: string }) {
  return (
    <div className={classes.form}>
      <Head title={t("welcome.title")} text={t("welcome.taken", { name })} />
      <Button size="md" onClick={() => void signOut()} data-testid="welcome-sign-out">
        {t("nav.signOut")}
      </Button>
      <Link className={classes.link} to="/">
        {t("welcome.stay", { name })}
      </Link>
    </div>
  );
}

function check({ phone, code, password, again }: Values): Record<string, string> {
  const found: Record<string, string> = {};
  if (!parseKenyanMobile(phone)) found.phone = t("login.phoneWrong");
  if (code.replace(/\D/g, "").length !== DIGITS) found.code = t("welcome.codeWrong");
  if (password.length < SHORTEST) found.password = t("welcome.short", { count: SHORTEST });
  else if (new Set(password).size < 4) found.password = t("welcome.same");
  else if (password !== again) found.again = t("welcome.differs");
  return found;
}

async function accept({ phone, code, password }: Values) {
  const answer = await requestGraphQL(
    AcceptInvitationDocument,
    { phone: parseKenyanMobile(phone) ?? phone, code, password },
    null,
  );
  return "error" in answer ? { error: explained(answer.error) } : answer;
}

/** The server does not say which of the two is wrong; "your session has ended" would mislead. */
function explained(error: RequestError): RequestError {
  if (error.code !== "UNAUTHENTICATED") return error;
  return {
    ...error,
    failures: [{ code: "CODE_REFUSED", message: t("welcome.refused"), field: "code" }],
  };
}
