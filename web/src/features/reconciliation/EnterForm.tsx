import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { FormModal } from "../../components/FormModal";
import { MoneyInput } from "../../components/MoneyInput";
import type { MoneyAccount } from "../../gen/graphql";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { kes } from "./kes";
import { type Month, type MonthKey, useEnterStatementMutation } from "./reconciliation-api";

type Props = { month: Month; monthKey: MonthKey; account: MoneyAccount; onClose: () => void };

/** What was counted, or what the statement says, beside what the books hold. It moves no money. */
export default function EnterForm({ month, monthKey, account, onClose }: Props) {
  const [enter] = useEnterStatementMutation();
  const books = month.accounts.find((one) => one.account === account)?.closing ?? "0.00";
  const form = useForm({
    initial: { closing: "" },
    check: ({ closing }): Record<string, string> =>
      parseMoney(closing) === null ? { closing: t("month.closingWrong") } : {},
    send: ({ closing }) =>
      enter({ ...monthKey, account, closing: toDecimal(parseMoney(closing) ?? 0) }),
    onDone: onClose,
  });
  const title = t(account === "CASH" ? "month.enterCash" : "month.enterBalance");
  return (
    <FormModal
      title={`${title} · ${t(`account.${account}`)}`}
      submitLabel={t("month.save")}
      submitTestId="enter-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <MoneyInput
        label={t(account === "CASH" ? "month.counted" : "month.statementClosing")}
        description={t("month.booksSay", { amount: kes(books) })}
        value={form.values.closing}
        error={form.errors.fields.closing}
        onChange={(closing) => form.change({ closing })}
        testId="enter-closing"
      />
    </FormModal>
  );
}
