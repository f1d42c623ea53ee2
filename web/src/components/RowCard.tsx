import type { ReactNode } from "react";
import classes from "./RowCard.module.css";

type Props = { title: ReactNode; detail?: ReactNode; amount?: ReactNode; state?: ReactNode };

/** A row of a list on a phone: what it is, what matters of it, and the money at the right. */
export function RowCard({ title, detail, amount, state }: Props) {
  return (
    <div className={classes.card}>
      <div className={classes.line}>
        <span className={classes.title}>{title}</span>
        <span className={classes.amount}>{amount}</span>
      </div>
      <div className={classes.line}>
        <span className={classes.detail}>{detail}</span>
        <span>{state}</span>
      </div>
    </div>
  );
}
