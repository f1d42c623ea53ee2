import { type FormEvent, useState } from "react";
import { t } from "../i18n";
import type { Operation } from "../lib/model";
import { kindOf } from "../operations";
import { takeBack } from "../state/actions";
import { useData } from "../state/data";
import { restingOn } from "../sync/chain";
import { NotEditable } from "../sync/outbox";
import { Button } from "./Button";
import { TextField } from "./Field";
import styles from "./ReceiptDialog.module.css";
import { toast } from "./Toast";

/** Taking back needs a reason, not a second click. */
export function RemoveForm({ operation, onDone }: { operation: Operation; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const operations = useData((state) => state.operations);
  const resting = restingOn(operation, operations);
  const facts = resting.filter((row) => kindOf(row.type)?.final).length;
  const along = resting.length - facts;

  const remove = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim().length < 3) return;
    try {
      await takeBack(operation, reason.trim());
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
      toast(t("edit.tooLate"), "bad");
    }
    onDone();
  };

  return (
    <form className={styles.form} onSubmit={remove} noValidate>
      <p>{t("remove.text")}</p>
      {facts > 0 && <p>{t("remove.orphans", { count: facts })}</p>}
      {along > 0 && <p>{t("remove.along", { count: along })}</p>}
      <TextField
        label={t("remove.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={tried && reason.trim().length < 3 ? t("remove.reasonMissing") : null}
      />
      <div className={styles.actions}>
        <Button onClick={onDone}>{t("remove.cancel")}</Button>
        <Button look="danger" type="submit">
          {t("remove.confirm")}
        </Button>
      </div>
    </form>
  );
}
