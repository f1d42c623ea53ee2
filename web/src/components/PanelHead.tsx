import type { ReactNode } from "react";
import classes from "./PanelHead.module.css";

/** The head of a panel about money: the amount, and how it stands. */
export function PanelHead({ amount, children }: { amount?: string | null; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      {amount && <span className={classes.amount}>{amount}</span>}
      {children}
    </div>
  );
}
