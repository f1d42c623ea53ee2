import { NativeSelect } from "@mantine/core";
import { t } from "../i18n";
import { monthText } from "../lib/dates";
import { parseMonth, pastMonths } from "../lib/months";

export function MonthSelect({
  value,
  onChange,
}: {
  value: string;
  onChange: (month: string) => void;
}) {
  const months = pastMonths();
  if (!months.includes(value) && parseMonth(value)) months.push(value);
  return (
    <NativeSelect
      aria-label={t("month.month")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={months.map((month) => ({ value: month, label: monthText(month) }))}
      data-testid="month-select"
    />
  );
}
