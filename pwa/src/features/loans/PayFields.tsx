/** Cash, M-Pesa or bank, the day, and the code of the message. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { TextField } from "../../components/Field";
import { Segmented } from "../../components/Segmented";
import { t } from "../../i18n";
import { METHODS } from "../../lib/model";
import type { PayErrors, PayValues } from "./payment";

interface Props {
  values: PayValues;
  errors: PayErrors;
  onChange: (values: PayValues) => void;
}

export function PayFields({ values, errors, onChange }: Props) {
  const set = (change: Partial<PayValues>) => onChange({ ...values, ...change });
  return (
    <>
      <Segmented
        label={t("pad.method")}
        value={values.method}
        onChange={(method) => set({ method })}
        options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      {values.method === "MPESA" && (
        <TextField
          optional
          label={t("pad.code")}
          value={values.code}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => set({ code: event.target.value.toUpperCase() })}
          error={errors.code && t(errors.code)}
        />
      )}
      <TextField
        label={t("receipt.date")}
        type="date"
        max={todayInNairobi()}
        value={values.date}
        onChange={(event) => set({ date: event.target.value })}
        error={errors.date && t(errors.date)}
      />
    </>
  );
}
