/** A short table in full: a schedule, a year's months. Long lists are DataTable's. */
import type { ReactNode } from "react";
import classes from "./PlainTable.module.css";

export type PlainColumn<T> = {
  key: string;
  header: string;
  render: (row: T) => ReactNode;
  align?: "end";
  /** Stays on one line. */
  nowrap?: boolean;
  /** Left out on a phone. */
  hide?: boolean;
  /** Under the column. */
  foot?: ReactNode;
};

type Props<T> = {
  /** What the table is, for those who do not see it. */
  label: string;
  columns: readonly PlainColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  /** Paid, reversed, over: what needs nobody any more. */
  quiet?: (row: T) => boolean;
  testId: string;
  rowTestId?: string;
};

export function PlainTable<T>(props: Props<T>) {
  const { label, columns, rows, rowKey, quiet } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keys too
    <section className={classes.frame} tabIndex={0} aria-label={label}>
      <table className={classes.table} aria-label={label} data-testid={props.testId}>
        <thead>
          <tr>
            {columns.map(({ key, header, align, hide }) => (
              <th key={key} scope="col" data-align={align} data-hide={hide || undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              data-quiet={quiet?.(row) || undefined}
              data-testid={props.rowTestId}
            >
              {columns.map(({ key, render, align, hide, nowrap }) => (
                <td
                  key={key}
                  data-align={align}
                  data-nowrap={nowrap || undefined}
                  data-hide={hide || undefined}
                >
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {columns.some(({ foot }) => foot !== undefined) && (
          <tfoot>
            <tr>
              {columns.map(({ key, foot, align, hide }) => (
                <td key={key} data-align={align} data-hide={hide || undefined}>
                  {foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
