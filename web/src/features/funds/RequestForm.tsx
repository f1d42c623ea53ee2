/** A member asks for a payout. The group's conditions stand beside the amount; the server names each that fails. */

import { Textarea } from "@mantine/core";
import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { useMemberQuery } from "../../api/members";
import { MoneyForm } from "../../components/MoneyForm";
import { MoneyInput } from "../../components/MoneyInput";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { kes, typedKes } from "./funds";
import { useFundBalancesQuery, useRequestWelfareMutation } from "./funds-api";
import { WhoseFields, whoseMissing } from "./WhoseFields";

type Values = { groupId: string; memberId: string; amount: string; reason: string };

export default function RequestForm({
  groupId,
  onClose,
}: {
  groupId: string;
  onClose: () => void;
}) {
  const [request] = useRequestWelfareMutation();
  const form = useForm<Values, unknown>({
    initial: { groupId, memberId: "", amount: "", reason: "" },
    check,
    send: ({ memberId, amount, reason }, ids) =>
      request({
        ...ids,
        memberId,
        amount: toDecimal(parseMoney(amount) ?? 0),
        reason: reason.trim(),
      }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  const { data: member } = useMemberQuery(values.memberId, { skip: !values.memberId });
  const { data: group } = useFundBalancesQuery(values.groupId, { skip: !values.groupId });
  return (
    <MoneyForm
      title={t("funds.ask")}
      submitLabel={t("funds.ask")}
      submitTestId="request-submit"
      confirmLabel={t("funds.askAmount", { amount: typedKes(values.amount) })}
      form={form}
      facts={[
        { name: t("picker.member"), value: member?.memberName },
        { name: t("month.reason"), value: values.reason.trim() },
        { name: t("review.claim.amount"), value: typedKes(values.amount), figure: true },
      ]}
      onClose={onClose}
    >
      <WhoseFields values={values} errors={errors.fields} change={change} testId="request" />
      <MoneyInput
        label={t("review.claim.amount")}
        description={
          group
            ? t("funds.conditions", {
                limit: kes(group.settings.welfareLimit),
                months: group.settings.welfareMonths,
                times: group.settings.welfarePerYear,
                fund: kes(group.trfBalance.welfareFund),
              })
            : undefined
        }
        {...form.field("amount")}
        testId="request-amount"
      />
      <Textarea
        label={t("month.reason")}
        autosize
        minRows={3}
        {...form.bind("reason")}
        data-testid="request-reason"
      />
    </MoneyForm>
  );
}

function check(values: Values): Record<string, string> {
  const found = whoseMissing(values);
  if (!parseMoney(values.amount)) found.amount = t("form.amount");
  if (!values.reason.trim()) found.reason = t("form.required");
  return found;
}
