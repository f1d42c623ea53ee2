/** Approving, posting, reversing a year: said once more with its sums before it is sent. */
import { Textarea } from "@mantine/core";
import { MoneyForm } from "../../components/MoneyForm";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import classes from "./Dividends.module.css";
import {
  type Run,
  useApproveDividendsMutation,
  usePostDividendsMutation,
  useReverseDividendsMutation,
} from "./dividends-api";
import { kes } from "./shares";

type Props = { run: Run; step: "approve" | "post" | "reverse"; onClose: () => void };

export default function StepForm({ run, step, onClose }: Props) {
  const [approve] = useApproveDividendsMutation();
  const [post] = usePostDividendsMutation();
  const [reverse] = useReverseDividendsMutation();
  const reverses = step === "reverse";
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      reverses && !reason.trim() ? { reason: t("form.required") } : {},
    send: ({ reason }) => {
      if (step === "approve") return approve(run.id);
      return step === "post" ? post(run.id) : reverse({ id: run.id, reason: reason.trim() });
    },
    onDone: onClose,
  });
  const title = t(`div.${step}`);
  return (
    <MoneyForm
      title={title}
      submitLabel={title}
      submitTestId="step-submit"
      confirmLabel={`${title}: ${kes(run.distributable)}`}
      danger={reverses}
      form={form}
      facts={[
        { name: t("picker.group"), value: run.group.name },
        { name: t("div.year"), value: run.fiscalYear, figure: true },
        { name: t("div.members"), value: run.allocations.length, figure: true },
        { name: t("div.distributable"), value: kes(run.distributable), figure: true },
        { name: t("month.reason"), value: form.values.reason.trim() },
      ]}
      note={t(`div.${step}Note`)}
      onClose={onClose}
    >
      <p className={classes.soft}>{t(`div.${step}Note`)}</p>
      {reverses && (
        <Textarea
          label={t("month.reason")}
          autosize
          minRows={3}
          {...form.bind("reason")}
          data-testid="step-reason"
        />
      )}
    </MoneyForm>
  );
}
