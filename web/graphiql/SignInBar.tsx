import { type FormEvent, useState } from "react";
import { label, t } from "../src/i18n";
import { errorText } from "../src/lib/error-text";
import { signIn, signOut } from "../src/lib/session";
import { useSession } from "../src/lib/use-session";

/** Signing in here is signing in to the office too, and the other way round: one session a browser. */
export function SignInBar() {
  const { user } = useSession();
  return (
    <header className="bar">
      <strong>{t("explorer.title")}</strong>
      {user ? (
        <div className="who">
          <span data-testid="graphiql-user">
            {t("explorer.signedIn", { name: user.name, role: label("role", user.role) })}
          </span>
          <button type="button" onClick={() => void signOut()} data-testid="graphiql-sign-out">
            {t("nav.signOut")}
          </button>
        </div>
      ) : (
        <SignInForm />
      )}
    </header>
  );
}

function SignInForm() {
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const refusal = await signIn(String(form.get("phone")), String(form.get("password")));
    setBusy(false);
    if (refusal) setError(refusal.kind === "refused" ? t("login.refused") : errorText(refusal));
  };
  return (
    <form className="who" onSubmit={submit} aria-label={t("login.title")}>
      {error && <span role="alert">{error}</span>}
      <input
        name="phone"
        type="tel"
        required
        autoComplete="username"
        aria-label={t("login.phone")}
        placeholder={t("login.phone")}
        data-testid="graphiql-phone"
      />
      <input
        name="password"
        type="password"
        required
        autoComplete="current-password"
        aria-label={t("login.password")}
        placeholder={t("login.password")}
        data-testid="graphiql-password"
      />
      <button type="submit" disabled={busy} data-testid="graphiql-sign-in">
        {t("login.submit")}
      </button>
    </form>
  );
}
