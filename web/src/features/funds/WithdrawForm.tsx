/** Savings that a member takes out, with the half rule said and reckoned beside the amount. */

import { Textarea } from "@mantine/core";
import { formatKes, parseMoney, toDecimal } from "@tablebanking/common/money";
import { useMemberQuery } from "../../api/members";
import { KeyValues } from "../../components/KeyValues";
import { MoneyForm } from "../../components/MoneyForm";
import { MoneyInput } from "../../components/MoneyInput";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { typedKes, withdrawalRoom } from "./funds";
import { useWithdrawalFactsQuery, useWithdrawSavingsMutation } from "./funds-api";
import { newPaid, type Paid, PaidFields, paidFacts, paidHow } from "./PaidFields";
import { WhoseFields, whoseMissing } from "./WhoseFields";

type Values = Paid & {
  groupId: string;
  memberId: string;
  amount: string;
  reason: string;
};

export default function WithdrawForm({
  groupId,
  onClose,
}: {
  groupId: string;
  onClose: () => void;
}) {
  const [withdraw] = useWithdrawSavingsMutation();
  const form = useForm<Values, unknown>({
    initial: {
      groupId,
      memberId: "",
      amount: "",
      reason: "",
      ...newPaid(),
    },
    check,
    send: (values, ids) =>
      withdraw({
        ...ids,
        memberId: values.memberId,
        amount: toDecimal(parseMoney(values.amount) ?? 0),
        reason: values.reason.trim(),
        ...paidHow(values),
        date: values.day,
      }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  const { data: member } = useMemberQuery(values.memberId, { skip: !values.memberId });
  return (
    <MoneyForm
      title={t("funds.withdraw")}
      submitLabel={t("funds.withdraw")}
      submitTestId="withdraw-submit"
      confirmLabel={t("funds.payAmount", { amount: typedKes(values.amount) })}
      form={form}
      facts={[
        { name: t("picker.member"), value: member?.memberName },
        { name: t("month.reason"), value: values.reason.trim() },
        ...paidFacts(values),
        { name: t("review.claim.amount"), value: typedKes(values.amount), figure: true },
      ]}
      onClose={onClose}
    >
      <WhoseFields values={values} errors={errors.fields} change={change} testId="withdraw" />
      {values.memberId && <Room memberId={values.memberId} />}
      <MoneyInput
        label={t("review.claim.amount")}
        description={t("funds.halfRule")}
        {...form.field("amount")}
        testId="withdraw-amount"
      />
      <Textarea
        label={t("month.reason")}
        autosize
        minRows={2}
        {...form.bind("reason")}
        data-testid="withdraw-reason"
      />
      <PaidFields values={values} errors={errors.fields} change={change} />
    </MoneyForm>
  );
}

function Room({ memberId }: { memberId: string }) {
  const { currentData } = useWithdrawalFactsQuery(memberId);
  const room = currentData && withdrawalRoom(currentData);
  if (!room) return null;
  return (
    <div data-testid="withdraw-room">
      <KeyValues
        items={[
          { name: t("member.regular"), value: formatKes(room.savings), figure: true },
          { name: t("funds.halfLeft"), value: formatKes(room.half), figure: true },
          { name: t("funds.securityLeft"), value: formatKes(room.security), figure: true },
          { name: t("funds.most"), value: <strong>{formatKes(room.most)}</strong>, figure: true },
        ]}
      />
    </div>
  );
}

function check(values: Values): Record<string, string> {
  const found = whoseMissing(values);
  if (!parseMoney(values.amount)) found.amount = t("form.amount");
  if (!values.reason.trim()) found.reason = t("form.required");
  if (!values.day) found.day = t("form.required");
  return found;
}
