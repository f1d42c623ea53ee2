import { Textarea } from "@mantine/core";
import { MoneyForm } from "../../components/MoneyForm";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import classes from "./Funds.module.css";
import { kes } from "./funds";
import { type Fine, useWaiveFineMutation } from "./funds-api";

/** Ends what is left of a fine; what was paid stays paid. */
export default function WaiveForm({ fine, onClose }: { fine: Fine; onClose: () => void }) {
  const [waive] = useWaiveFineMutation();
  const form = useForm({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      reason.trim() ? {} : { reason: t("form.required") },
    send: ({ reason }) => waive({ chargeId: fine.id, reason: reason.trim() }),
    onDone: onClose,
  });
  return (
    <MoneyForm
      title={t("funds.waive")}
      submitLabel={t("funds.waive")}
      submitTestId="waive-submit"
      confirmLabel={t("funds.waiveAmount", { amount: kes(fine.outstanding) })}
      form={form}
      facts={[
        { name: t("picker.member"), value: fine.member.memberName },
        { name: t("review.what"), value: t(`funds.reason.${fine.reason}`) },
        { name: t("review.claim.amount"), value: kes(fine.outstanding), figure: true },
        { name: t("month.reason"), value: form.values.reason.trim() },
      ]}
      onClose={onClose}
    >
      <p className={classes.soft}>{t("funds.waiveNote")}</p>
      <Textarea
        label={t("month.reason")}
        autosize
        minRows={3}
        {...form.bind("reason")}
        data-testid="waive-reason"
      />
    </MoneyForm>
  );
}
