/** An entry of the books is taken back by one that names it: what it was, why, and once more. */
import { Textarea } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { useReverseBookEntryMutation } from "../api/journal";
import { t } from "../i18n";
import { useForm } from "../lib/use-form";
import type { KeyValue } from "./KeyValues";
import { MoneyForm } from "./MoneyForm";
import classes from "./ReverseForm.module.css";

type Props = {
  entryId: string;
  /** As the API writes it: "500.00". */
  amount: string;
  /** What it was, of whom. */
  facts: readonly KeyValue[];
  /** Where the reason is known, it need not be typed. */
  reason?: string;
  onDone?: () => void;
  onClose: () => void;
};

export function ReverseForm({ entryId, amount, facts, reason = "", onDone, onClose }: Props) {
  const [reverse] = useReverseBookEntryMutation();
  const form = useForm({
    initial: { reason },
    check: (values): Record<string, string> =>
      values.reason.trim() ? {} : { reason: t("form.required") },
    send: (values) => reverse({ entryId, reason: values.reason.trim() }),
    onDone: onDone ?? onClose,
  });
  const kes = formatKes(fromDecimal(amount));
  return (
    <MoneyForm
      title={t("funds.reverse")}
      submitLabel={t("funds.reverse")}
      submitTestId="reverse-submit"
      confirmLabel={t("funds.reverseAmount", { amount: kes })}
      danger
      form={form}
      facts={[
        ...facts,
        { name: t("review.claim.amount"), value: kes, figure: true },
        { name: t("month.reason"), value: form.values.reason.trim() },
      ]}
      note={t("funds.reverseNote")}
      onClose={onClose}
    >
      <p className={classes.note}>{t("funds.reverseNote")}</p>
      <Textarea
        label={t("month.reason")}
        autosize
        minRows={3}
        {...form.bind("reason")}
        data-testid="reverse-reason"
      />
    </MoneyForm>
  );
}
