import { NativeSelect } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { useRunningLoansQuery } from "../api/journal";
import { t } from "../i18n";

type Props = {
  groupId: string;
  value: string;
  error?: string;
  onChange: (id: string) => void;
  testId?: string;
};

/** A loan of the group that is being paid back: whose it is, and what would settle it today. */
export function LoanPicker({ groupId, value, error, onChange, testId = "loan-picker" }: Props) {
  const { data: loans = [] } = useRunningLoansQuery(groupId);
  const options = loans.map(({ id, payoff, member }) => ({
    value: id,
    label: t("loanPicker.option", {
      name: member.memberName,
      amount: formatKes(fromDecimal(payoff)),
    }),
  }));
  return (
    <NativeSelect
      label={t("loanPicker.label")}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: "", label: t("loanPicker.choose") }, ...options]}
      data-testid={testId}
    />
  );
}
