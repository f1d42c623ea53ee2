/** How money was handed over: by what, on which day, under which M-Pesa code. */
import { NativeSelect, TextInput } from "@mantine/core";
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { DateInput } from "../../components/DateInput";
import type { PaymentMethod } from "../../gen/graphql";
import { t } from "../../i18n";

export type PayValues = { paymentMethod: PaymentMethod; date: IsoDate; transactionId: string };

export const payToday = (): PayValues => ({
  paymentMethod: "CASH",
  date: todayInNairobi(),
  transactionId: "",
});

const METHODS: readonly PaymentMethod[] = ["CASH", "MPESA", "BANK"];

type Props = {
  values: PayValues;
  errors: Record<string, string>;
  change: (changed: Partial<PayValues>) => void;
  /** Nothing can have been paid before. */
  earliest: IsoDate | null;
};

export function PayFields({ values, errors, change, earliest }: Props) {
  return (
    <>
      <NativeSelect
        label={t("pay.method")}
        value={values.paymentMethod}
        error={errors.paymentMethod}
        onChange={(event) => change({ paymentMethod: event.currentTarget.value as PaymentMethod })}
        data={METHODS.map((value) => ({ value, label: t(`account.${value}`) }))}
        data-testid="pay-method"
      />
      {values.paymentMethod === "MPESA" && (
        <TextInput
          label={`${t("pay.code")} (${t("common.optional")})`}
          autoComplete="off"
          value={values.transactionId}
          error={errors.transactionId}
          onChange={(event) => change({ transactionId: event.currentTarget.value })}
          data-testid="pay-code"
        />
      )}
      <DateInput
        label={t("common.date")}
        value={values.date}
        onChange={(date) => change({ date })}
        min={earliest ?? undefined}
        max={todayInNairobi()}
        error={errors.date}
        testId="pay-date"
      />
    </>
  );
}

export function codeOf({ paymentMethod, transactionId }: PayValues): string | null {
  return paymentMethod === "MPESA" ? transactionId.trim().toUpperCase() || null : null;
}

export function checkPay({ date }: PayValues): Record<string, string> {
  return date ? {} : { date: t("form.required") };
}
