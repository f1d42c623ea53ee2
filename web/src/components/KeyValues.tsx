import type { ReactNode } from "react";
import classes from "./KeyValues.module.css";

export type KeyValue = {
  name: string;
  value: ReactNode;
  /** An amount or a number: at the right, in tabular figures. */
  figure?: boolean;
  testId?: string;
};

/** Facts in two columns. What has no value is left out. */
export function KeyValues({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className={classes.list}>
      {items
        .filter(({ value }) => value !== null && value !== undefined && value !== "")
        .map(({ name, value, figure, testId }) => (
          <div key={name} className={figure ? classes.figure : classes.item}>
            <dt>{name}</dt>
            <dd data-figure={figure || undefined} data-testid={testId}>
              {value}
            </dd>
          </div>
        ))}
    </dl>
  );
}
