import { NativeSelect, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { DateInput } from "../../components/DateInput";
import type { PaymentMethod } from "../../gen/graphql";
import { t } from "../../i18n";
import { methodOptions } from "./funds";

type Values = { paymentMethod: PaymentMethod; transactionId: string; day: string };
type Props = {
  values: Values;
  errors: Record<string, string>;
  change: (changed: Partial<Values>) => void;
  /** Of banking: the side that is not the bank. */
  without?: PaymentMethod;
};

/** How the money went, its code, and the day. */
export function PaidFields({ values, errors, change, without }: Props) {
  return (
    <>
      <NativeSelect
        label={t("funds.method")}
        value={values.paymentMethod}
        error={errors.paymentMethod}
        onChange={(event) => change({ paymentMethod: event.currentTarget.value as PaymentMethod })}
        data={methodOptions().filter(({ value }) => value !== without)}
        data-testid="funds-method"
      />
      {values.paymentMethod !== "CASH" && (
        <TextInput
          label={`${t("review.claim.code")} (${t("common.optional")})`}
          autoComplete="off"
          value={values.transactionId}
          error={errors.transactionId}
          onChange={(event) => change({ transactionId: event.currentTarget.value })}
          data-testid="funds-code"
        />
      )}
      <DateInput
        label={t("common.date")}
        value={values.day}
        error={errors.day ?? errors.movementDate ?? errors.paymentDate ?? errors.date}
        max={todayInNairobi()}
        onChange={(day) => change({ day })}
        testId="funds-day"
      />
    </>
  );
}
