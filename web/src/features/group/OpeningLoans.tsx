/** The loans that are running on paper: what is left of each, and how it goes on. */
import { Button, Fieldset, NativeSelect, TextInput } from "@mantine/core";
import { formatKes, parseMoney, sumCents } from "@tablebanking/common/money";
import { IconPlus } from "@tabler/icons-react";
import { MemberPicker } from "../../components/MemberPicker";
import { MoneyInput } from "../../components/MoneyInput";
import type { LoanType } from "../../gen/graphql";
import { t } from "../../i18n";
import classes from "./Opening.module.css";
import { blankLoan, type OpeningLoan } from "./opening";

const TYPES: readonly LoanType[] = ["SHORT_TERM", "LONG_TERM", "PROJECT"];

type Props = {
  groupId: string;
  value: readonly OpeningLoan[];
  error?: string;
  /** By "loans.<number>.<field>". */
  errors: Readonly<Record<string, string>>;
  onChange: (value: readonly OpeningLoan[]) => void;
};

export function OpeningLoans({ groupId, value, error, errors, onChange }: Props) {
  const total = sumCents(value.map(({ principal }) => parseMoney(principal) ?? 0));
  const set = (number: number, changed: Partial<OpeningLoan>) =>
    onChange(value.map((loan, at) => (at === number ? { ...loan, ...changed } : loan)));
  return (
    <section className={classes.part} aria-label={t("opening.loans")}>
      <h2 className={classes.heading}>
        {t("opening.loans")}
        <span className={classes.sum}>{formatKes(total)}</span>
      </h2>
      {error && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      {value.map((loan, number) => (
        <OneLoan
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are added at the end
          key={number}
          groupId={groupId}
          loan={loan}
          number={number}
          errors={errors}
          set={(changed) => set(number, changed)}
          remove={() => onChange(value.filter((_loan, at) => at !== number))}
        />
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...value, blankLoan])}
          data-testid="opening-add-loan"
        >
          {t("opening.addLoan")}
        </Button>
      </div>
    </section>
  );
}

type OneProps = {
  groupId: string;
  loan: OpeningLoan;
  number: number;
  errors: Readonly<Record<string, string>>;
  set: (changed: Partial<OpeningLoan>) => void;
  remove: () => void;
};

function OneLoan({ groupId, loan, number, errors, set, remove }: OneProps) {
  const errorOf = (name: keyof OpeningLoan) => errors[`loans.${number}.${name}`];
  const bind = (name: "monthsLeft" | "interestRate" | "graceMonths") => ({
    value: loan[name],
    error: errorOf(name),
    inputMode: "decimal" as const,
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value }),
    "data-testid": `opening-loan-${number}-${name}`,
  });
  return (
    <Fieldset legend={t("opening.loanNumber", { number: number + 1 })} className={classes.loan}>
      <div className={classes.grid}>
        <div>
          <MemberPicker
            groupId={groupId}
            value={loan.memberId}
            error={errorOf("memberId")}
            onChange={(memberId) => set({ memberId })}
            testId={`opening-loan-${number}-member`}
          />
        </div>
        <NativeSelect
          label={t("loans.type")}
          value={loan.loanType}
          onChange={(event) => set({ loanType: event.currentTarget.value as LoanType })}
          data={TYPES.map((value) => ({ value, label: t(`loanType.${value}`) }))}
          data-testid={`opening-loan-${number}-type`}
        />
        <MoneyInput
          label={t("opening.principal")}
          value={loan.principal}
          error={errorOf("principal")}
          onChange={(principal) => set({ principal })}
          testId={`opening-loan-${number}-principal`}
        />
        <TextInput label={t("opening.monthsLeft")} {...bind("monthsLeft")} />
        <TextInput
          label={`${t("opening.rate")} (${t("common.optional")})`}
          {...bind("interestRate")}
        />
        {loan.loanType === "PROJECT" && (
          <TextInput
            label={`${t("opening.grace")} (${t("common.optional")})`}
            {...bind("graceMonths")}
          />
        )}
      </div>
      <Button variant="subtle" size="xs" onClick={remove}>
        {t("opening.removeLoan", { number: number + 1 })}
      </Button>
    </Fieldset>
  );
}
