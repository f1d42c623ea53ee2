import { Button } from "@mantine/core";
import type { Allocation } from "@tablebanking/common/allocation";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes, formatMoney, parseMoney, toDecimal } from "@tablebanking/common/money";
import { KeyValues } from "../../components/KeyValues";
import { MoneyForm } from "../../components/MoneyForm";
import { MoneyInput } from "../../components/MoneyInput";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import { amountsOn, divide, divisionFacts } from "./division";
import classes from "./LoanPage.module.css";
import { type Loan, useLoanFinesQuery, useRecordRepaymentMutation } from "./loans-api";
import { checkPay, codeOf, PayFields, payToday } from "./PayFields";

type Props = { loan: Loan; onClose: () => void };

export default function RepayDrawer({ loan, onClose }: Props) {
  const { data: fines } = useLoanFinesQuery({ memberId: loan.member.id, loanId: loan.id });
  const [record] = useRecordRepaymentMutation();
  const form = useForm({
    initial: { amount: "", ...payToday() },
    check: (values) => ({
      ...checkPay(values),
      ...(parseMoney(values.amount) ? {} : { amount: t("form.amount") }),
    }),
    send: (values, ids) =>
      record({
        ...ids,
        loanId: loan.id,
        amount: toDecimal(parseMoney(values.amount) ?? 0),
        paymentMethod: values.paymentMethod,
        paymentDate: values.date,
        transactionId: codeOf(values),
      }),
    onDone: onClose,
  });
  const { values } = form;
  const cents = parseMoney(values.amount);
  const amount = formatKes(cents ?? 0);
  const parts = fines ? divide(loan, fines, cents, values.date) : null;
  return (
    <MoneyForm
      title={t("repay.title")}
      submitLabel={cents ? t("repay.submit", { amount }) : t("repay.submitEmpty")}
      submitTestId="repay-submit"
      confirmLabel={t("repay.submit", { amount })}
      form={form}
      facts={[
        { name: t("loan.member"), value: loan.member.memberName },
        { name: t("loan.group"), value: loan.group.name },
        { name: t("loan.amount"), value: amount, figure: true },
        ...(parts ? divisionFacts(parts) : []),
        { name: t("pay.method"), value: t(`account.${values.paymentMethod}`) },
        { name: t("pay.code"), value: codeOf(values) },
        { name: t("common.date"), value: values.date && plainDate(values.date) },
      ]}
      onClose={onClose}
    >
      <p className={classes.note}>{`${loan.member.memberName} · ${loan.group.name}`}</p>
      <MoneyInput
        label={t("loan.amount")}
        value={values.amount}
        error={form.errors.fields.amount}
        onChange={(next) => form.change({ amount: next })}
        testId="repay-amount"
      />
      {fines && loan.status === "DISBURSED" && (
        <Quick
          {...amountsOn(loan, fines, values.date || todayInNairobi())}
          onChoose={(chosen) => form.change({ amount: formatMoney(chosen) })}
        />
      )}
      <PayFields
        values={values}
        errors={form.errors.fields}
        change={form.change}
        earliest={loan.disbursedOn}
      />
      {parts && <Division parts={parts} />}
    </MoneyForm>
  );
}

type QuickProps = { due: number; settles: number; onChoose: (cents: number) => void };

/** What is usually paid, as one press. */
function Quick({ due, settles, onChoose }: QuickProps) {
  return (
    <div className={classes.quick}>
      {due > 0 && due !== settles && (
        <Button variant="default" size="xs" onClick={() => onChoose(due)} data-testid="pay-due">
          {t("repay.due", { amount: formatKes(due) })}
        </Button>
      )}
      {settles > 0 && (
        <Button variant="default" size="xs" onClick={() => onChoose(settles)} data-testid="pay-all">
          {t("repay.settles", { amount: formatKes(settles) })}
        </Button>
      )}
    </div>
  );
}

function Division({ parts }: { parts: Allocation }) {
  return (
    <section className={classes.split} aria-label={t("repay.split")} data-testid="repay-split">
      <p className={classes.lead}>{t("repay.split")}</p>
      <KeyValues items={divisionFacts(parts)} />
      {parts.completed && <p className={classes.note}>{t("repay.completes")}</p>}
      {parts.recovered > 0 && <p className={classes.note}>{t("repay.recovered")}</p>}
    </section>
  );
}
