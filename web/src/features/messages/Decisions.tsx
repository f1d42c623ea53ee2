/** Sending again, and giving up: both are kept in the audit log. */
import { Textarea } from "@mantine/core";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { FormModal } from "../../components/FormModal";
import { t } from "../../i18n";
import { asRequestError, errorText } from "../../lib/error-text";
import { useForm } from "../../lib/use-form";
import { maybeTwice } from "./dead-letters";
import {
  type DeadLetter,
  useDismissMessagesMutation,
  useResendMessagesMutation,
} from "./dead-letters-api";
import classes from "./Messages.module.css";

type Props = {
  letters: readonly DeadLetter[];
  /** With what was done, in words. */
  onDone: (said: string) => void;
  onClose: () => void;
};

export function SendAgain({ letters, onDone, onClose }: Props) {
  const [resend, { isLoading, error }] = useResendMessagesMutation();
  const twice = maybeTwice(letters);
  const confirm = async () => {
    const answer = await resend(letters.map(({ id }) => id));
    if (answer.data !== undefined) onDone(t("undelivered.resent", { count: answer.data }));
  };
  return (
    <ConfirmDialog
      title={t("undelivered.resend")}
      facts={[
        { name: t("undelivered.chosen"), value: letters.length, figure: true },
        { name: t("undelivered.mayBeTwice"), value: twice || null, figure: true },
      ]}
      note={twice > 0 ? t("undelivered.twiceNote") : t("undelivered.resendNote")}
      confirmLabel={t("undelivered.resend")}
      busy={isLoading}
      error={error && errorText(asRequestError(error), true)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}

const LONGEST_REASON = 200;

export function GiveUpForm({ letters, onDone, onClose }: Props) {
  const [dismiss] = useDismissMessagesMutation();
  const form = useForm<{ reason: string }, number>({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      reason.trim() ? {} : { reason: t("form.required") },
    send: ({ reason }) => dismiss({ ids: letters.map(({ id }) => id), reason: reason.trim() }),
    onDone: (count) => onDone(t("undelivered.dismissed", { count })),
  });
  return (
    <FormModal
      title={t("undelivered.dismissTitle", { count: letters.length })}
      submitLabel={t("undelivered.dismiss")}
      submitTestId="dismiss-submit"
      danger
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.note}>{t("undelivered.dismissNote")}</p>
      <Textarea
        label={t("month.reason")}
        description={t("undelivered.reasonHint")}
        rows={3}
        maxLength={LONGEST_REASON}
        {...form.bind("reason")}
        data-autofocus
        data-testid="dismiss-reason"
      />
    </FormModal>
  );
}
