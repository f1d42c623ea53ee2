import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { type FormEvent, useState } from "react";
import { t } from "../i18n";
import { type Contribution, KINDS, METHODS, type Operation } from "../lib/model";
import { readMpesaCode } from "../lib/mpesa";
import { correctContribution } from "../state/actions";
import { NotEditable } from "../sync/outbox";
import { Button } from "./Button";
import { SelectField, TextField } from "./Field";
import styles from "./ReceiptDialog.module.css";
import { toast } from "./Toast";

interface Props {
  operation: Operation;
  contribution: Contribution;
  onDone: () => void;
}

/** A late correction, as long as the entry has not gone up. */
export function CorrectionForm({ operation, contribution, onDone }: Props) {
  const [text, setText] = useState(toDecimal(contribution.amount));
  const [kind, setKind] = useState(contribution.kind);
  const [method, setMethod] = useState(contribution.method);
  const [code, setCode] = useState(contribution.transactionId ?? "");
  const [tried, setTried] = useState(false);
  const amount = parseMoney(text);
  const amountWrong = !amount;
  const codeWrong = method === "MPESA" && code.trim() !== "" && !readMpesaCode(code);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (amountWrong || codeWrong) return;
    const transactionId = method === "MPESA" ? readMpesaCode(code) : null;
    const { memberId } = contribution;
    try {
      await correctContribution(operation, { memberId, kind, amount, method, transactionId });
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
      toast(t("edit.tooLate"), "bad");
    }
    onDone();
  };

  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <TextField
        label={`${t("receipt.amount")} (KES)`}
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={tried && amountWrong ? t("edit.amountWrong") : null}
      />
      <SelectField
        label={t("receipt.what")}
        value={kind}
        onChange={(event) => setKind(event.target.value as typeof kind)}
      >
        {KINDS.map((value) => (
          <option key={value} value={value}>
            {t(`kind.${value}`)}
          </option>
        ))}
      </SelectField>
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
      <Button look="primary" wide type="submit">
        {t("edit.save")}
      </Button>
    </form>
  );
}
