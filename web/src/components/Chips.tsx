import classes from "./Chips.module.css";

type Props<T extends string> = {
  label: string;
  options: readonly { value: T; text: string }[];
  value: T;
  onChange: (value: T) => void;
  testId: string;
};

/** Filter chips of which exactly one holds. */
export function Chips<T extends string>({ label, options, value, onChange, testId }: Props<T>) {
  return (
    <fieldset className={classes.chips} aria-label={label} data-testid={testId}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={classes.chip}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  );
}
