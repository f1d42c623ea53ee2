import { Textarea } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { FormModal } from "../../components/FormModal";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import classes from "./LoanPage.module.css";
import { type Loan, useRejectLoanMutation } from "./loans-api";

type Props = { loan: Loan; onClose: () => void };

/** The member will want to know why: the reason stays with the loan. */
export default function RejectForm({ loan, onClose }: Props) {
  const [reject] = useRejectLoanMutation();
  const form = useForm({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      reason.trim() ? {} : { reason: t("reason.missing") },
    send: ({ reason }) => reject({ loanId: loan.id, reason: reason.trim() }),
    onDone: onClose,
  });
  return (
    <FormModal
      title={t("reject.title")}
      submitLabel={t("reject.submit")}
      submitTestId="reject-submit"
      danger
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.note}>
        {t("reject.text", {
          name: loan.member.memberName,
          amount: formatKes(fromDecimal(loan.loanAmount)),
        })}
      </p>
      <Textarea
        label={t("reason.label")}
        autosize
        minRows={2}
        maxLength={500}
        {...form.bind("reason")}
        data-testid="reject-reason"
      />
    </FormModal>
  );
}
