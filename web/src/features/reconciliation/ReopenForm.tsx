import { Textarea } from "@mantine/core";
import { FormModal } from "../../components/FormModal";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import classes from "./Reconciliation.module.css";
import { type Month, type MonthKey, useReopenMonthMutation } from "./reconciliation-api";

type Props = { month: Month; monthKey: MonthKey; text: string; onClose: () => void };

export default function ReopenForm({ month, monthKey, text, onClose }: Props) {
  const [reopen] = useReopenMonthMutation();
  const form = useForm({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      reason.trim() ? {} : { reason: t("form.required") },
    send: ({ reason }) => reopen({ ...monthKey, reason: reason.trim() }),
    onDone: onClose,
  });
  return (
    <FormModal
      title={t("month.reopenTitle", { month: monthText(text) })}
      submitLabel={t("month.reopen")}
      submitTestId="reopen-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.soft}>{t("month.reopenNote", { group: month.group.name })}</p>
      <Textarea
        label={t("month.reason")}
        autosize
        minRows={3}
        {...form.bind("reason")}
        data-testid="reopen-reason"
      />
    </FormModal>
  );
}
