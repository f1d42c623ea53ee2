import { parseKenyanMobile } from "@tablebanking/common/phone";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { FieldError, TextField } from "../../components/Field";
import { t } from "../../i18n";
import { enrol } from "../../state/signers";
import { isPin, isWeakPin } from "../../store/vault";
import { Refused, TimedOut, Unreachable } from "../../sync/api";
import styles from "./signers.module.css";

const BLANK = { phone: "", password: "", pin: "", again: "" };

/** They sign in once, with signal, and choose their own PIN. */
export function EnrolForm({
  groupId,
  onDone,
}: {
  groupId: string;
  onDone: (name: string) => void;
}) {
  const [form, setForm] = useState(BLANK);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const phone = parseKenyanMobile(form.phone);
  const pinWrong = !isPin(form.pin) ? t("pin.format") : isWeakPin(form.pin) ? t("pin.weak") : null;
  const different = form.pin !== form.again;
  const set = (changes: Partial<typeof BLANK>) => setForm((old) => ({ ...old, ...changes }));
  const digits = (text: string) => text.replace(/\D/g, "").slice(0, 6);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (!phone || !form.password || pinWrong || different || busy) return;
    setBusy(true);
    try {
      const { name } = await enrol(groupId, {
        phone,
        password: form.password,
        pin: form.pin,
      });
      onDone(name);
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <TextField
        label={t("enrol.phone")}
        type="tel"
        autoComplete="off"
        value={form.phone}
        onChange={(event) => set({ phone: event.target.value })}
        error={tried && !phone ? t("signIn.phoneWrong") : null}
        data-testid="enrol-phone"
      />
      <TextField
        label={t("enrol.password")}
        type="password"
        autoComplete="off"
        value={form.password}
        onChange={(event) => set({ password: event.target.value })}
        error={tried && !form.password ? t("signIn.passwordMissing") : null}
        data-testid="enrol-password"
      />
      <TextField
        label={t("enrol.pin")}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={form.pin}
        onChange={(event) => set({ pin: digits(event.target.value) })}
        error={tried ? pinWrong : null}
        data-testid="enrol-pin"
      />
      <TextField
        label={t("enrol.repeat")}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={form.again}
        onChange={(event) => set({ again: digits(event.target.value) })}
        error={tried && !pinWrong && different ? t("pin.different") : null}
        data-testid="enrol-again"
      />
      <FieldError id="enrol-problem" error={problem} />
      <Button look="primary" wide type="submit" disabled={busy} data-testid="enrol-save">
        {busy ? t("enrol.busy") : t("enrol.save")}
      </Button>
    </form>
  );
}

function explain(error: unknown): string {
  if (error instanceof Unreachable || error instanceof TimedOut) return t("enrol.offline");
  if (error instanceof Refused && ["UNAUTHENTICATED", "BAD_INPUT"].includes(error.code)) {
    return t("signIn.refused");
  }
  if (error instanceof Refused && error.code !== "INTERNAL") return t("enrol.notSigner");
  if (error instanceof Error && error.name === "NotASigner") return t("enrol.notSigner");
  return t("signIn.failed");
}
