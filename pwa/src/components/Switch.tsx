/** A choice that holds at once: its name, what it means now, and a switch as wide as the row. */
import styles from "./Switch.module.css";

interface Props {
  title: string;
  text: string;
  on: boolean;
  onTurn: () => void;
  disabled?: boolean;
  "data-testid"?: string;
}

export function Switch({ title, text, on, onTurn, ...rest }: Props) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      className={styles.switch}
      onClick={onTurn}
      {...rest}
    >
      <span className={styles.text}>
        <strong>{title}</strong>
        <span className={styles.soft}>{text}</span>
      </span>
      <span className={styles.track} aria-hidden="true" />
    </button>
  );
}
