import type { ReactNode } from "react";
import { Link } from "react-router";
import { t } from "../i18n";
import classes from "./Stat.module.css";

type Props = {
  label: string;
  /** Null: not known, or nothing to compute it from. */
  value: ReactNode | null;
  hint?: ReactNode;
  /** The list the figure was counted from. */
  to?: string;
  testId?: string;
};

/** A figure, what it is, and the way to its list. */
export function Stat({ label, value, hint, to, testId }: Props) {
  const content = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{value ?? "—"}</span>
      {hint && <span className={classes.hint}>{hint}</span>}
    </>
  );
  if (!to) {
    return (
      <div className={classes.stat} data-testid={testId}>
        {content}
      </div>
    );
  }
  return (
    <Link to={to} className={classes.stat} title={t("stat.open", { label })} data-testid={testId}>
      {content}
    </Link>
  );
}

export function Stats({ children }: { children: ReactNode }) {
  return <div className={classes.stats}>{children}</div>;
}
