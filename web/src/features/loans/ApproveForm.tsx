import { Textarea } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { FormModal } from "../../components/FormModal";
import { KeyValues } from "../../components/KeyValues";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { CostText } from "./Cost";
import { type Loan, useApproveLoanMutation } from "./loans-api";

type Props = { loan: Loan; onClose: () => void };

/** What exactly is approved stands above the note: nobody signs a number they have not seen. */
export default function ApproveForm({ loan, onClose }: Props) {
  const [approve] = useApproveLoanMutation();
  const form = useForm({
    initial: { notes: "" },
    send: ({ notes }) => approve({ loanId: loan.id, notes: notes.trim() || null }),
    onDone: onClose,
  });
  return (
    <FormModal
      title={t("approve.title")}
      submitLabel={t("approve.submit")}
      submitTestId="approve-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <KeyValues
        items={[
          { name: t("loan.member"), value: loan.member.memberName },
          { name: t("loan.amount"), value: formatKes(fromDecimal(loan.loanAmount)) },
          { name: t("loan.purpose"), value: loan.purpose },
        ]}
      />
      <CostText loan={loan} />
      <Textarea
        label={`${t("approve.notes")} (${t("common.optional")})`}
        autosize
        minRows={2}
        maxLength={500}
        {...form.bind("notes")}
        data-testid="approve-notes"
      />
    </FormModal>
  );
}
