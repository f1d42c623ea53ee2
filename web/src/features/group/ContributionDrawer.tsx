import { NativeSelect, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes, parseMoney, toDecimal } from "@tablebanking/common/money";
import { uuidv7 } from "@tablebanking/common/uuid";
import { useState } from "react";
import { useConfig } from "../../api/config";
import { useRecordContributionMutation } from "../../api/members";
import { DateInput } from "../../components/DateInput";
import { FormDrawer } from "../../components/FormDrawer";
import { MemberPicker } from "../../components/MemberPicker";
import type { ContributionType, PaymentMethod } from "../../gen/graphql";
import { t } from "../../i18n";
import { asRequestError, type FormErrors, formErrors, withoutErrors } from "../../lib/error-text";
import { Recorded, type Recording, Undone } from "./ContributionDone";

const KINDS: readonly ContributionType[] = [
  "REGULAR",
  "WELFARE",
  "PROJECT",
  "FINE",
  "REGISTRATION",
  "APPRECIATION",
];
const METHODS: readonly PaymentMethod[] = ["CASH", "MPESA", "BANK"];
const FIELDS = [
  "memberId",
  "amount",
  "contributionType",
  "paymentMethod",
  "contributionDate",
  "transactionId",
];
const NO_ERRORS: FormErrors = { fields: {}, general: null };

type Props = { groupId: string; memberId: string | null; onClose: () => void };
type Values = {
  memberId: string;
  amount: string;
  contributionType: ContributionType;
  paymentMethod: PaymentMethod;
  contributionDate: string;
  transactionId: string;
};

/** With what was typed: after an undo it is there to be put right. */
type Done = Recording & { entered: Values };

export default function ContributionDrawer({ groupId, memberId, onClose }: Props) {
  const [values, setValues] = useState<Values>(() => blank(memberId));
  const [errors, setErrors] = useState(NO_ERRORS);
  const [done, setDone] = useState<Done | null>(null);
  const [undone, setUndone] = useState(false);
  // One id for one payment: a second press after a lost answer finds it recorded already.
  const [ids, setIds] = useState(newIds);
  const [record, { isLoading }] = useRecordContributionMutation();
  const cents = parseMoney(values.amount);

  const change = (changed: Partial<Values>) => {
    setValues((old) => ({ ...old, ...changed }));
    setErrors((old) => withoutErrors(old, Object.keys(changed)));
    setDone(null);
    setUndone(false);
  };
  const submit = async () => {
    const found = check(values, cents);
    if (Object.keys(found).length > 0 || cents === null) {
      setErrors({ fields: found, general: null });
      return;
    }
    const transactionId =
      values.paymentMethod === "MPESA" ? values.transactionId.trim().toUpperCase() || null : null;
    const answer = await record({
      ...ids,
      groupId,
      ...values,
      amount: toDecimal(cents),
      transactionId,
    });
    if (!answer.data) {
      setErrors(formErrors(asRequestError(answer.error), FIELDS));
      return;
    }
    setDone({ ...answer.data, entered: values });
    setUndone(false);
    setIds(newIds());
    setValues((old) => ({ ...blank(null), contributionType: old.contributionType }));
  };

  return (
    <FormDrawer
      title={t("contribution.title")}
      submitLabel={
        cents
          ? t("contribution.submit", { amount: formatKes(cents) })
          : t("contribution.submitEmpty")
      }
      submitTestId="contribution-submit"
      busy={isLoading}
      error={errors.general}
      notice={
        <>
          {done && (
            <Recorded
              done={done}
              onUndone={() => {
                setValues(done.entered);
                setDone(null);
                setUndone(true);
              }}
            />
          )}
          {undone && <Undone />}
        </>
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <MemberPicker
        groupId={groupId}
        testId="contribution-member"
        value={values.memberId}
        error={errors.fields.memberId}
        onChange={(id) => change({ memberId: id })}
      />
      <PaymentFields values={values} errors={errors.fields} change={change} />
    </FormDrawer>
  );
}

type FieldsProps = {
  values: Values;
  errors: Record<string, string>;
  change: (changed: Partial<Values>) => void;
};

function PaymentFields({ values, errors, change }: FieldsProps) {
  const { currency } = useConfig();
  return (
    <>
      <TextInput
        label={t("contribution.amount", { currency })}
        inputMode="decimal"
        autoComplete="off"
        value={values.amount}
        error={errors.amount}
        onChange={(event) => change({ amount: event.currentTarget.value })}
        data-testid="contribution-amount"
      />
      <NativeSelect
        label={t("contribution.kind")}
        value={values.contributionType}
        error={errors.contributionType}
        onChange={(event) =>
          change({ contributionType: event.currentTarget.value as ContributionType })
        }
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        data-testid="contribution-kind"
      />
      <NativeSelect
        label={t("contribution.method")}
        value={values.paymentMethod}
        error={errors.paymentMethod}
        onChange={(event) => change({ paymentMethod: event.currentTarget.value as PaymentMethod })}
        data={METHODS.map((value) => ({ value, label: t(`account.${value}`) }))}
        data-testid="contribution-method"
      />
      {values.paymentMethod === "MPESA" && (
        <TextInput
          label={`${t("contribution.transactionId")} (${t("common.optional")})`}
          autoComplete="off"
          value={values.transactionId}
          error={errors.transactionId}
          onChange={(event) => change({ transactionId: event.currentTarget.value })}
          data-testid="contribution-transaction"
        />
      )}
      <DateInput
        label={t("contribution.date")}
        max={todayInNairobi()}
        value={values.contributionDate}
        error={errors.contributionDate}
        onChange={(date) => change({ contributionDate: date })}
        testId="contribution-date"
      />
    </>
  );
}

function blank(memberId: string | null): Values {
  return {
    memberId: memberId ?? "",
    amount: "",
    contributionType: "REGULAR",
    paymentMethod: "CASH",
    contributionDate: todayInNairobi(),
    transactionId: "",
  };
}

function newIds() {
  return { id: uuidv7(), offlineSyncId: uuidv7() };
}

function check(values: Values, cents: number | null): Record<string, string> {
  const found: Record<string, string> = {};
  if (!values.memberId) found.memberId = t("contribution.memberChoose");
  if (!cents) found.amount = t("form.amount");
  if (!values.contributionDate) found.contributionDate = t("form.required");
  return found;
}
