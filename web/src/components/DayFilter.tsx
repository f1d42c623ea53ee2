/** A day in a row of filters: its word stands beside the field. */
import type { IsoDate } from "@tablebanking/common/dates";
import { useId } from "react";
import { DateInput } from "./DateInput";
import classes from "./DateSpan.module.css";

type Props = { label: string; value: IsoDate; onChange: (day: IsoDate) => void; testId: string };

export function DayFilter({ label, value, onChange, testId }: Props) {
  const id = useId();
  return (
    <span className={classes.field}>
      <label htmlFor={id}>{label}</label>
      <DateInput
        id={id}
        size="xs"
        keep
        value={value}
        onChange={(day) => day && onChange(day)}
        testId={testId}
      />
    </span>
  );
}
