/** A labelled control with its problem in plain words right under it. */
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from "react";
import { t } from "../i18n";
import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface Common {
  label: string;
  error?: string | null | undefined;
  optional?: boolean;
}

function Frame({
  id,
  label,
  error,
  optional,
  children,
}: Common & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}> ({t("field.optional")})</span>}
      </label>
      {children}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | null | undefined }) {
  return (
    <p id={id} className={styles.error} role={error ? "alert" : undefined}>
      {error && (
        <>
          <Icon name="alert" size={16} /> {error}
        </>
      )}
    </p>
  );
}

export function TextField({
  label,
  error,
  optional,
  className = "",
  ...rest
}: Common & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} error={error} {...(optional ? { optional } : {})}>
      <input
        id={id}
        className={`${styles.input} ${className}`}
        aria-invalid={Boolean(error)}
        aria-describedby={`${id}-error`}
        {...rest}
      />
    </Frame>
  );
}

export function SelectField({
  label,
  error,
  children,
  ...rest
}: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} error={error}>
      <select
        id={id}
        className={styles.input}
        aria-invalid={Boolean(error)}
        aria-describedby={`${id}-error`}
        {...rest}
      >
        {children}
      </select>
    </Frame>
  );
}
