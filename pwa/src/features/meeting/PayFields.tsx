/** How money was paid: cash, M-Pesa with its code, bank. */
import { TextField } from "../../components/Field";
import { Segmented } from "../../components/Segmented";
import { t } from "../../i18n";
import { METHODS, type PaymentMethod } from "../../lib/model";
import { readMpesaCode } from "../../lib/mpesa";

export interface Way {
  method: PaymentMethod;
  code: string;
}

export const IN_CASH: Way = { method: "CASH", code: "" };

export const codeWrong = ({ method, code }: Way): boolean =>
  method === "MPESA" && code.trim() !== "" && !readMpesaCode(code);

export const paidBy = ({ method, code }: Way) => ({
  method,
  transactionId: method === "MPESA" ? readMpesaCode(code) : null,
});

export function PayFields({
  way,
  onChange,
  tried,
}: {
  way: Way;
  onChange: (way: Way) => void;
  tried: boolean;
}) {
  return (
    <>
      <Segmented
        label={t("pad.method")}
        value={way.method}
        onChange={(method) => onChange({ ...way, method })}
        options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      {way.method === "MPESA" && (
        <TextField
          label={t("pad.code")}
          optional
          value={way.code}
          autoCapitalize="characters"
          autoComplete="off"
          maxLength={12}
          onChange={(event) => onChange({ ...way, code: event.target.value.toUpperCase() })}
          error={tried && codeWrong(way) ? t("edit.codeWrong") : null}
        />
      )}
    </>
  );
}
