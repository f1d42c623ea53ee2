/** What only an administrator does, with a reason: a loss, or an entry taken back. */
import { Textarea } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { type Loan, useReverseLoanEntryMutation, useWriteOffLoanMutation } from "./loans-api";

export type Correction = {
  action: "writeOff" | "reverseRepayment" | "reverseDisbursement" | "reverseWriteOff";
  /** Which entry is taken back; none of a write-off. */
  entryId: string | null;
  amount: string;
  receiptNumber?: string;
};

type Props = { loan: Loan; correction: Correction; onClose: () => void };

export default function CorrectForm({ loan, correction, onClose }: Props) {
  const { action, entryId, amount, receiptNumber } = correction;
  const [writeOff] = useWriteOffLoanMutation();
  const [reverse] = useReverseLoanEntryMutation();
  const form = useForm({
    initial: { reason: "" },
    check: ({ reason }): Record<string, string> =>
      reason.trim() ? {} : { reason: t("reason.missing") },
    send: ({ reason }) =>
      entryId
        ? reverse({ entryId, reason: reason.trim() })
        : writeOff({ loanId: loan.id, reason: reason.trim() }),
    onDone: onClose,
  });
  // Of a loan that was written off the amount is only in the books.
  const known = fromDecimal(amount) > 0;
  return (
    <ConfirmDialog
      title={t(`loanAction.${action}`)}
      facts={[
        { name: t("loan.member"), value: loan.member.memberName },
        { name: t("loan.group"), value: loan.group.name },
        { name: t("loan.amount"), value: known && formatKes(fromDecimal(amount)) },
        { name: t("loan.receipt"), value: receiptNumber },
      ].filter(({ value }) => value)}
      note={t(`correct.${action}`)}
      confirmLabel={t(`loanAction.${action}`)}
      danger
      busy={form.busy}
      error={form.errors.general}
      onConfirm={form.submit}
      onClose={onClose}
    >
      <Textarea
        label={t("reason.label")}
        autosize
        minRows={2}
        maxLength={500}
        {...form.bind("reason")}
        data-testid="correct-reason"
      />
    </ConfirmDialog>
  );
}
