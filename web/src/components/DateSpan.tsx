/** From one day to another, in a row of filters: each word stands beside its field. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { useId } from "react";
import { t } from "../i18n";
import { DateInput } from "./DateInput";
import classes from "./DateSpan.module.css";

type Span = { from: IsoDate; to: IsoDate };
/** Both are named when one changes, so that a default may stand for either. */
type Props = { value: Span; onChange: (span: Span) => void; testId: string };

export function DateSpan({ value, onChange, testId }: Props) {
  const id = useId();
  const today = todayInNairobi();
  const field = (name: "from" | "to", limits: { min?: IsoDate; max?: IsoDate }) => (
    <span className={classes.field}>
      <label htmlFor={`${id}-${name}`}>{t(`common.${name}`)}</label>
      <DateInput
        id={`${id}-${name}`}
        size="xs"
        keep
        value={value[name]}
        {...limits}
        onChange={(day) => onChange({ ...value, [name]: day })}
        testId={`${testId}-${name}`}
      />
    </span>
  );
  return (
    <div className={classes.span}>
      {field("from", { max: value.to || today })}
      {field("to", { min: value.from || undefined, max: today })}
    </div>
  );
}
