import { NativeSelect, TextInput } from "@mantine/core";
import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { useMemberQuery } from "../../api/members";
import { MoneyForm } from "../../components/MoneyForm";
import { MoneyInput } from "../../components/MoneyInput";
import type { FineReason } from "../../gen/graphql";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { typedKes } from "./funds";
import { useChargeFineMutation } from "./funds-api";
import { WhoseFields, whoseMissing } from "./WhoseFields";

const REASONS: readonly FineReason[] = ["OTHER", "LATE_AT_MEETING", "MISSED_MEETING"];
type Values = {
  groupId: string;
  memberId: string;
  reason: FineReason;
  amount: string;
  note: string;
};

/** A fine that the member owes from now on. */
export default function ChargeForm({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const [charge] = useChargeFineMutation();
  const form = useForm<Values, unknown>({
    initial: { groupId, memberId: "", reason: "OTHER", amount: "", note: "" },
    check,
    send: ({ memberId, reason, amount, note }, ids) =>
      charge({
        ...ids,
        memberId,
        reason,
        amount: toDecimal(parseMoney(amount) ?? 0),
        note: note.trim() || null,
      }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  const { data: member } = useMemberQuery(values.memberId, { skip: !values.memberId });
  return (
    <MoneyForm
      title={t("funds.charge")}
      submitLabel={t("funds.charge")}
      submitTestId="charge-submit"
      confirmLabel={t("funds.chargeAmount", { amount: typedKes(values.amount) })}
      form={form}
      facts={[
        { name: t("picker.member"), value: member?.memberName },
        { name: t("review.what"), value: t(`funds.reason.${values.reason}`) },
        { name: t("review.note"), value: values.note.trim() },
        { name: t("review.claim.amount"), value: typedKes(values.amount), figure: true },
      ]}
      note={t("funds.chargeNote")}
      onClose={onClose}
    >
      <WhoseFields values={values} errors={errors.fields} change={change} testId="charge" />
      <NativeSelect
        label={t("review.what")}
        value={values.reason}
        error={errors.fields.reason}
        onChange={(event) => change({ reason: event.currentTarget.value as FineReason })}
        data={REASONS.map((value) => ({ value, label: t(`funds.reason.${value}`) }))}
        data-testid="charge-reason"
      />
      <MoneyInput
        label={t("review.claim.amount")}
        description={t("funds.chargeNote")}
        {...form.field("amount")}
        testId="charge-amount"
      />
      <TextInput label={t("review.note")} {...form.bind("note")} data-testid="charge-note" />
    </MoneyForm>
  );
}

function check(values: Values): Record<string, string> {
  const found = whoseMissing(values);
  if (!parseMoney(values.amount)) found.amount = t("form.amount");
  if (values.reason === "OTHER" && !values.note.trim()) found.note = t("form.required");
  return found;
}
