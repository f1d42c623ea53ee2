import { NativeSelect, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { DateInput } from "../../components/DateInput";
import type { PaymentMethod } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { codeOf, methodOptions } from "./funds";

export type Paid = { paymentMethod: PaymentMethod; transactionId: string; day: string };
type Props = {
  values: Paid;
  errors: Record<string, string>;
  change: (changed: Partial<Paid>) => void;
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

export const newPaid = (): Paid => ({
  paymentMethod: "CASH",
  transactionId: "",
  day: todayInNairobi(),
});

export const paidHow = ({ paymentMethod, transactionId }: Paid) => ({
  paymentMethod,
  transactionId: codeOf(paymentMethod, transactionId),
});

/** For the confirmation: how and when. */
export const paidFacts = ({ paymentMethod, day }: Paid) => [
  { name: t("funds.method"), value: t(`account.${paymentMethod}`) },
  { name: t("common.date"), value: day && plainDate(day) },
];
