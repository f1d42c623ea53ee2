import { TextInput } from "@mantine/core";
import { formatMoney, parseMoney } from "@tablebanking/common/money";
import { useConfig } from "../api/config";

type Props = {
  label: string;
  /** As typed; `parseMoney` of common/money makes cents of it, or null. */
  value: string;
  onChange: (value: string) => void;
  error?: string;
  description?: string;
  disabled?: boolean;
  testId?: string;
};

/** An amount: at the right, in tabular figures, grouped when one leaves the field. */
export function MoneyInput({ value, onChange, testId, ...rest }: Props) {
  const { currency } = useConfig();
  const tidy = () => {
    const cents = parseMoney(value);
    if (cents !== null) onChange(formatMoney(cents));
  };
  return (
    <TextInput
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={tidy}
      inputMode="decimal"
      autoComplete="off"
      leftSection={<span aria-hidden>{currency}</span>}
      leftSectionWidth={52}
      styles={{ input: { textAlign: "end", fontVariantNumeric: "tabular-nums" } }}
      data-testid={testId}
    />
  );
}
