/** The chair or a committee member signs on the officer's phone, by their own PIN. */
import { type FormEvent, useState } from "react";
import type { SignatureInput } from "../gen/graphql";
import { t } from "../i18n";
import { type Signer, signWith } from "../state/signers";
import { isPin } from "../store/vault";
import { Button } from "./Button";
import { ClockWarning } from "./ClockWarning";
import { Dialog } from "./Dialog";
import { SelectField, TextField } from "./Field";
import styles from "./ReceiptDialog.module.css";

interface Props {
  /** At least one. */
  signers: readonly Signer[];
  /** What is signed, in words. */
  what: string;
  /** Its hash in hexadecimal. */
  hash: string | Promise<string>;
  onSigned: (signature: SignatureInput, signer: Signer) => Promise<void>;
  onClose: () => void;
}

export function SignDialog({ signers, what, hash, onSigned, onClose }: Props) {
  const [keyId, setKeyId] = useState(signers[0]?.keyId ?? "");
  const [pin, setPin] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const signer = signers.find((one) => one.keyId === keyId);
  if (!signer) return null;

  const sign = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!isPin(pin)) {
      setProblem(t("sign.pinFormat"));
      return;
    }
    setBusy(true);
    try {
      const done = await signWith(signer, pin, await hash);
      if (done.kind === "signed") await onSigned(done.signature, signer);
      else {
        setPin("");
        setProblem(explain(done));
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("sign.title", { name: signer.name })} onClose={onClose}>
      <form className={styles.form} onSubmit={sign} noValidate>
        <p>{what}</p>
        <ClockWarning signing />
        {signers.length > 1 && (
          <SelectField
            label={t("sign.choose")}
            value={keyId}
            onChange={(event) => {
              setKeyId(event.target.value);
              setProblem(null);
            }}
          >
            {signers.map((one) => (
              <option key={one.keyId} value={one.keyId}>
                {`${one.name} · ${t(`sign.role.${one.role}`)}`}
              </option>
            ))}
          </SelectField>
        )}
        <p>{t("sign.handOver", { name: signer.name })}</p>
        <TextField
          label={t("sign.pin")}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(event) => {
            setPin(event.target.value.replace(/\D/g, "").slice(0, 6));
            setProblem(null);
          }}
          error={problem}
          data-testid="sign-pin"
        />
        <Button look="primary" wide type="submit" disabled={busy} data-testid="sign-save">
          {busy ? t("sign.busy") : t("sign.confirm")}
        </Button>
      </form>
    </Dialog>
  );
}

function explain(refused: Exclude<Awaited<ReturnType<typeof signWith>>, { kind: "signed" }>) {
  switch (refused.kind) {
    case "wrong":
      return t("sign.wrong", { left: refused.triesLeft });
    case "delayed":
      return t("sign.wait", { time: inTime(refused.lockedUntil) });
    case "gone":
      return t("sign.gone");
  }
}

function inTime(until: number): string {
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}:${String(seconds % 60).padStart(2, "0")}` : `${seconds} s`;
}
