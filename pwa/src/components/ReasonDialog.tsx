/** A few words why, before something is refused. */
import { type FormEvent, useState } from "react";
import { t } from "../i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import styles from "./ReasonDialog.module.css";

interface Props {
  title: string;
  text: string;
  confirm: string;
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
}

const LEAST = 3;

export function ReasonDialog({ title, text, confirm, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const said = reason.trim().replace(/\s+/g, " ");
  const missing = said.length < LEAST;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing || busy) return;
    setBusy(true);
    await onConfirm(said);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>{text}</p>
        <TextField
          label={t("remove.reason")}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          error={tried && missing ? t("remove.reasonMissing") : null}
        />
        <Button look="danger" wide type="submit" disabled={busy} data-testid="reason-confirm">
          {confirm}
        </Button>
      </form>
    </Dialog>
  );
}
