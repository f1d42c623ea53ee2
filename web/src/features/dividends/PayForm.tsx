/** Pays shares in money or into savings: of all who are not paid yet, or of those who are ticked. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes, toDecimal } from "@tablebanking/common/money";
import { DateInput } from "../../components/DateInput";
import { MoneyForm } from "../../components/MoneyForm";
import type { DividendPayout } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import classes from "./Dividends.module.css";
import { type Run, usePayDividendsMutation } from "./dividends-api";
import { kes, sumOf, unpaid } from "./shares";

const PAYOUTS: readonly DividendPayout[] = ["CASH", "MPESA", "BANK", "SAVINGS"];
type Values = { payout: DividendPayout; date: string; memberIds: string[] };

export default function PayForm({ run, onClose }: { run: Run; onClose: () => void }) {
  const [pay] = usePayDividendsMutation();
  const open = unpaid(run.allocations);
  const form = useForm<Values, unknown>({
    initial: {
      payout: "CASH",
      date: todayInNairobi(),
      memberIds: open.map(({ member }) => member.id),
    },
    check,
    send: ({ payout, date, memberIds }, { offlineSyncId }) =>
      pay({
        dividendRunId: run.id,
        payout,
        date,
        memberIds,
        amount: toDecimal(sumOf(open.filter(({ member }) => memberIds.includes(member.id)))),
        offlineSyncId,
      }),
    onDone: onClose,
  });
  const { values, errors, change } = form;
  const chosen = open.filter(({ member }) => values.memberIds.includes(member.id));
  const sum = formatKes(sumOf(chosen));
  const toggle = (id: string) =>
    change({
      memberIds: values.memberIds.includes(id)
        ? values.memberIds.filter((one) => one !== id)
        : [...values.memberIds, id],
    });
  return (
    <MoneyForm
      title={t("div.pay")}
      submitLabel={t("div.payAmount", { amount: sum })}
      submitTestId="pay-submit"
      confirmLabel={t("div.payAmount", { amount: sum })}
      form={form}
      facts={[
        { name: t("picker.group"), value: run.group.name },
        { name: t("div.members"), value: chosen.map(({ member }) => member.memberName).join(", ") },
        { name: t("div.how"), value: t(`div.payout.${values.payout}`) },
        { name: t("common.date"), value: values.date && plainDate(values.date) },
        { name: t("review.claim.amount"), value: sum, figure: true },
      ]}
      onClose={onClose}
    >
      <NativeSelect
        label={t("div.how")}
        value={values.payout}
        error={errors.fields.payout}
        onChange={(event) => change({ payout: event.currentTarget.value as DividendPayout })}
        data={PAYOUTS.map((value) => ({ value, label: t(`div.payout.${value}`) }))}
        data-testid="pay-how"
      />
      <DateInput
        label={t("common.date")}
        value={values.date}
        error={errors.fields.date}
        max={todayInNairobi()}
        onChange={(date) => change({ date })}
        testId="pay-date"
      />
      <fieldset className={classes.ticks}>
        <legend>{t("div.members")}</legend>
        {errors.fields.memberIds && <p className={classes.bad}>{errors.fields.memberIds}</p>}
        {open.map(({ member, amount }) => (
          <Checkbox
            key={member.id}
            label={`${member.memberName} · ${kes(amount)}`}
            checked={values.memberIds.includes(member.id)}
            onChange={() => toggle(member.id)}
            data-testid={`pay-${member.id}`}
          />
        ))}
      </fieldset>
    </MoneyForm>
  );
}

function check({ memberIds, date }: Values): Record<string, string> {
  const found: Record<string, string> = {};
  if (memberIds.length === 0) found.memberIds = t("div.nobody");
  if (!date) found.date = t("form.required");
  return found;
}
