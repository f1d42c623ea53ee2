import type { ButtonHTMLAttributes } from "react";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "quiet" | "danger";
  icon?: IconName;
  wide?: boolean;
}

export function Button({ look = "quiet", icon, wide, className, children, ...rest }: Props) {
  const names = [styles.button, styles[look], wide && styles.wide, className];
  return (
    <button type="button" className={names.filter(Boolean).join(" ")} {...rest}>
      {icon && <Icon name={icon} size={20} />}
      {children}
    </button>
  );
}

/** A button that is only a picture needs a name. */
export function IconButton({
  icon,
  label,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string }) {
  const names = [styles.icon, className].filter(Boolean).join(" ");
  return (
    <button type="button" className={names} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
