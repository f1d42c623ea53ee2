import { Textarea } from "@mantine/core";
import { MoneyForm } from "../../components/MoneyForm";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import { faultText } from "./Faults";
import { kes } from "./kes";
import classes from "./Reconciliation.module.css";
import { type Month, type MonthKey, useSignMonthMutation } from "./reconciliation-api";

type Props = { month: Month; monthKey: MonthKey; text: string; onClose: () => void };

/** Signs the month off. Whatever still differs is said here and must be explained in the note. */
export default function SignForm({ month, monthKey, text, onClose }: Props) {
  const [sign] = useSignMonthMutation();
  const differs = month.faults.length > 0;
  const form = useForm({
    initial: { note: "" },
    check: ({ note }): Record<string, string> =>
      differs && !note.trim() ? { note: t("month.noteMissing") } : {},
    send: ({ note }) => sign({ ...monthKey, note: note.trim() || null }),
    onDone: onClose,
  });
  return (
    <MoneyForm
      title={t("month.signTitle", { month: monthText(text) })}
      submitLabel={t("month.sign")}
      submitTestId="sign-submit"
      confirmLabel={t("month.signConfirm")}
      form={form}
      facts={[
        { name: t("picker.group"), value: month.group.name },
        { name: t("month.month"), value: monthText(text) },
        ...month.accounts.map(({ account, closing }) => ({
          name: t(`account.${account}`),
          value: kes(closing),
          figure: true,
        })),
        { name: t("review.note"), value: form.values.note.trim() },
      ]}
      note={t("month.signNote")}
      onClose={onClose}
    >
      <p className={classes.soft}>{t("month.signNote")}</p>
      {differs && (
        <section data-testid="sign-faults">
          <p className={classes.heading}>{t("month.faults")}</p>
          <ul className={classes.plain}>
            {month.faults.map((fault) => (
              <li key={`${fault.code}-${fault.account}`}>{faultText(fault)}</li>
            ))}
          </ul>
        </section>
      )}
      <Textarea
        label={differs ? t("month.explain") : `${t("month.explain")} (${t("common.optional")})`}
        autosize
        minRows={3}
        {...form.bind("note")}
        data-testid="sign-note"
      />
    </MoneyForm>
  );
}
