/** One of a few, as a row of buttons: radio buttons to a screen reader and to the keyboard. */
import { useId } from "react";
import styles from "./Segmented.module.css";

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; label: string; lang?: string }[];
  value: T;
  onChange: (value: T) => void;
  scroll?: boolean;
}

export function Segmented<T extends string>({ label, options, value, onChange, scroll }: Props<T>) {
  const name = useId();
  return (
    <fieldset className={scroll ? styles.scroll : styles.group} aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span lang={option.lang}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
