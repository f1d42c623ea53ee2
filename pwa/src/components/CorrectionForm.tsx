import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { type FormEvent, useState } from "react";
import { t } from "../i18n";
import { type ContributionType, KINDS, METHODS, type Operation } from "../lib/model";
import { readMpesaCode } from "../lib/mpesa";
import { type Correctable, correctPayment } from "../state/corrections";
import { NotEditable } from "../sync/outbox";
import { Button } from "./Button";
import { SelectField, TextField } from "./Field";
import styles from "./ReceiptDialog.module.css";
import { toast } from "./Toast";

interface Props {
  operation: Operation;
  /** As it stands. */
  payment: Correctable;
  onDone: () => void;
}

/** A late correction, as long as the entry is not in the books. */
export function CorrectionForm({ operation, payment, onDone }: Props) {
  const [text, setText] = useState(payment.amount === null ? "" : toDecimal(payment.amount));
  const [kind, setKind] = useState(payment.kind);
  const [method, setMethod] = useState(payment.method);
  const [code, setCode] = useState(payment.transactionId ?? "");
  const [tried, setTried] = useState(false);
  const amount = payment.amount === null ? null : parseMoney(text);
  const amountWrong = payment.amount !== null && !amount;
  const codeWrong = method === "MPESA" && code.trim() !== "" && !readMpesaCode(code);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (amountWrong || codeWrong) return;
    const transactionId = method === "MPESA" ? readMpesaCode(code) : null;
    try {
      await correctPayment(operation, { amount, kind, method, transactionId });
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
      toast(t("edit.tooLate"), "bad");
    }
    onDone();
  };

  return (
    <form className={styles.form} onSubmit={save} noValidate>
      {payment.amount !== null && (
        <TextField
          label={`${t("receipt.amount")} (KES)`}
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={tried && amountWrong ? t("edit.amountWrong") : null}
        />
      )}
      {kind !== null && <KindField kind={kind} onChange={setKind} />}
      <SelectField
        label={t("receipt.method")}
        value={method}
        onChange={(event) => setMethod(event.target.value as typeof method)}
      >
        {METHODS.map((value) => (
          <option key={value} value={value}>
            {t(`method.${value}`)}
          </option>
        ))}
      </SelectField>
      {method === "MPESA" && (
        <TextField
          label={t("pad.code")}
          value={code}
          autoCapitalize="characters"
          onChange={(event) => setCode(event.target.value.toUpperCase())}
          error={tried && codeWrong ? t("edit.codeWrong") : null}
        />
      )}
      <Button look="primary" wide type="submit" data-testid="correct-save">
        {t("edit.save")}
      </Button>
    </form>
  );
}

function KindField({
  kind,
  onChange,
}: {
  kind: ContributionType;
  onChange: (kind: ContributionType) => void;
}) {
  return (
    <SelectField
      label={t("receipt.what")}
      value={kind}
      onChange={(event) => onChange(event.target.value as ContributionType)}
    >
      {KINDS.map((value) => (
        <option key={value} value={value}>
          {t(`kind.${value}`)}
        </option>
      ))}
    </SelectField>
  );
}
