import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { KeyValues } from "../../components/KeyValues";
import { MoneyForm } from "../../components/MoneyForm";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import { type Loan, useDisburseLoanMutation } from "./loans-api";
import { checkPay, codeOf, PayFields, payToday } from "./PayFields";

type Props = { loan: Loan; onClose: () => void };

export default function DisburseDrawer({ loan, onClose }: Props) {
  const [disburse] = useDisburseLoanMutation();
  const fee = fromDecimal(loan.fee);
  const received = formatKes(fromDecimal(loan.loanAmount) - fee);
  const form = useForm({
    initial: payToday(),
    check: checkPay,
    send: (values) =>
      disburse({
        loanId: loan.id,
        paymentMethod: values.paymentMethod,
        disbursementDate: values.date,
        transactionId: codeOf(values),
      }),
    onDone: onClose,
  });
  const amounts = [
    { name: t("loan.amount"), value: formatKes(fromDecimal(loan.loanAmount)), figure: true },
    { name: t("loan.fee"), value: fee > 0 ? formatKes(fee) : null, figure: true },
    { name: t("disburse.receives"), value: received, figure: true },
  ];
  const { values } = form;
  return (
    <MoneyForm
      title={t("disburse.title")}
      submitLabel={t("disburse.submit", { amount: received })}
      submitTestId="disburse-submit"
      confirmLabel={t("disburse.submit", { amount: received })}
      form={form}
      facts={[
        { name: t("loan.member"), value: loan.member.memberName },
        { name: t("loan.group"), value: loan.group.name },
        ...amounts,
        { name: t("pay.method"), value: t(`account.${values.paymentMethod}`) },
        { name: t("pay.code"), value: codeOf(values) },
        { name: t("common.date"), value: values.date && plainDate(values.date) },
      ]}
      note={t("disburse.note")}
      onClose={onClose}
    >
      <KeyValues
        items={[
          { name: t("loan.member"), value: loan.member.memberName },
          ...amounts,
          {
            name: t("disburse.onTable"),
            value: formatKes(fromDecimal(loan.group.cashBalance)),
            figure: true,
          },
        ]}
      />
      <PayFields
        values={values}
        errors={form.errors.fields}
        change={form.change}
        earliest={loan.applicationDate}
      />
    </MoneyForm>
  );
}
