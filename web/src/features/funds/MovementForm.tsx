/** An expense, income, spending from the project fund, banking, or a lender outside. */
import { NativeSelect, TextInput } from "@mantine/core";
import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { useGroupQuery } from "../../api/groups";
import { GroupPicker } from "../../components/GroupPicker";
import { MoneyForm } from "../../components/MoneyForm";
import { MoneyInput } from "../../components/MoneyInput";
import type { MovementKind } from "../../gen/graphql";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { kes, RECORDED, typedKes } from "./funds";
import { useFundBalancesQuery, useRecordMovementMutation } from "./funds-api";
import { newPaid, type Paid, PaidFields, paidFacts, paidHow } from "./PaidFields";

type Values = Paid & {
  groupId: string;
  movement: MovementKind;
  amount: string;
  description: string;
};

export default function MovementForm({
  groupId,
  onClose,
}: {
  groupId: string;
  onClose: () => void;
}) {
  const [record] = useRecordMovementMutation();
  const form = useForm<Values, unknown>({
    initial: {
      groupId,
      movement: "EXPENSE",
      amount: "",
      description: "",
      ...newPaid(),
    },
    check,
    send: (values, ids) =>
      record({
        ...ids,
        groupId: values.groupId,
        movement: values.movement,
        amount: toDecimal(parseMoney(values.amount) ?? 0),
        description: values.description.trim(),
        ...paidHow(values),
        movementDate: values.day,
      }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  const { data: group } = useGroupQuery(values.groupId, { skip: !values.groupId });
  const isBanking = values.movement === "TO_BANK" || values.movement === "FROM_BANK";
  return (
    <MoneyForm
      title={t("funds.newMovement")}
      submitLabel={t("funds.record")}
      submitTestId="movement-submit"
      confirmLabel={t("funds.recordAmount", { amount: typedKes(values.amount) })}
      form={form}
      facts={[
        { name: t("picker.group"), value: group?.name },
        { name: t("review.what"), value: t(`movement.${values.movement as "EXPENSE"}`) },
        { name: t("funds.description"), value: values.description.trim() },
        ...paidFacts(values),
        { name: t("review.claim.amount"), value: typedKes(values.amount), figure: true },
      ]}
      onClose={onClose}
    >
      <GroupPicker {...form.field("groupId")} testId="movement-group" />
      <NativeSelect
        label={t("review.what")}
        value={values.movement}
        error={errors.fields.movement}
        onChange={(event) =>
          change({ movement: event.currentTarget.value as MovementKind, paymentMethod: "CASH" })
        }
        data={RECORDED.map((value) => ({ value, label: t(`movement.${value as "EXPENSE"}`) }))}
        data-testid="movement-kind"
      />
      <MoneyInput
        label={t("review.claim.amount")}
        description={useHolds(values)}
        {...form.field("amount")}
        testId="movement-amount"
      />
      <TextInput
        label={t("funds.description")}
        {...form.bind("description")}
        data-testid="movement-description"
      />
      <PaidFields
        values={values}
        errors={errors.fields}
        change={change}
        without={isBanking ? "BANK" : undefined}
      />
    </MoneyForm>
  );
}

/** What the fund, the lender's account or the money holds that this takes from. */
function useHolds({ groupId, movement, paymentMethod }: Values): string | undefined {
  const { data: group } = useFundBalancesQuery(groupId, { skip: !groupId });
  if (!group) return undefined;
  const trf = group.trfBalance;
  if (movement === "PROJECT_SPENDING") {
    return t("funds.projectHolds", { amount: kes(trf.projectFund) });
  }
  if (movement === "EXTERNAL_LOAN_REPAID") {
    return t("funds.externalOwed", { amount: kes(trf.externalLoans) });
  }
  const isIn = movement === "OTHER_INCOME" || movement === "EXTERNAL_LOAN_RECEIVED";
  if (isIn) return undefined;
  const from = movement === "FROM_BANK" ? "BANK" : paymentMethod;
  const held = { CASH: trf.cashInHand, BANK: trf.bank, MPESA: trf.mpesa }[from];
  return t("funds.moneyHolds", { account: t(`account.${from}`), amount: kes(held) });
}

function check(values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  if (!values.groupId) found.groupId = t("picker.chooseGroup");
  if (!parseMoney(values.amount)) found.amount = t("form.amount");
  if (!values.description.trim()) found.description = t("form.required");
  if (!values.day) found.day = t("form.required");
  return found;
}
