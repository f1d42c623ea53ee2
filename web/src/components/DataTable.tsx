// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not drawn, which table elements cannot lay out
// biome-ignore-all lint/a11y/useFocusableInteractive: only rows that open something are interactive, and those take the focus
/**
 * A dense table that draws only the rows in sight, so that a year of ledger lines scrolls as easily
 * as ten. Rows have one fixed height; more of them are asked for when the end comes near.
 */
import { IconArrowDown } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { t } from "../i18n";
import classes from "./DataTable.module.css";
import { useFollowEnd } from "./use-follow-end";
import { ROW_HEIGHT, useRowWindow } from "./use-row-window";

export type Column<T> = {
  key: string;
  header: ReactNode;
  render: (row: T) => ReactNode;
  align?: "end";
  /** Hidden where the table is narrow: the least important columns go first. */
  hide?: "narrow" | "medium";
  /** Stands in for hidden columns where the table is narrow. */
  only?: "narrow";
  /** A CSS grid track, e.g. "minmax(120px, 2fr)". */
  width: string;
};

type Props<T> = {
  label: string;
  testId: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowTestId: string;
  rowClass?: (row: T) => string | undefined;
  onOpen?: (row: T) => void;
  selectedKey?: string | null;
  hasMore?: boolean;
  loadingMore?: boolean;
  onMore?: () => void;
  empty?: ReactNode;
  foot?: ReactNode;
  /** The end is where things happen: start there, stay there; away from it this button leads back. */
  followEnd?: string;
};

const NEAR_END_ROWS = 12;

export function DataTable<T>(props: Props<T>) {
  const { columns, rows, rowKey, hasMore, loadingMore, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useRowWindow(scroller, rows.length);

  const below = useFollowEnd(scroller, rows.length, Boolean(props.followEnd));

  const nearEnd = last >= rows.length - NEAR_END_ROWS;
  useEffect(() => {
    if (nearEnd && hasMore && !loadingMore) onMore?.();
  }, [nearEnd, hasMore, loadingMore, onMore]);

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        role="table"
        aria-label={props.label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        data-testid={props.testId}
        style={gridTracks(columns)}
      >
        <HeadRow columns={columns} />
        <div role="rowgroup" className={classes.body} style={{ height: rows.length * ROW_HEIGHT }}>
          {rows.slice(first, last + 1).map((row, offset) => (
            <BodyRow
              key={rowKey(row)}
              row={row}
              index={first + offset}
              table={props}
              selected={props.selectedKey === rowKey(row)}
            />
          ))}
        </div>
        {rows.length === 0 && props.empty}
        {loadingMore && <div className={classes.more}>{t("state.loadingMore")}</div>}
      </div>
      {below && (
        <button type="button" className={classes.toEnd} onClick={below} data-testid="to-end">
          <IconArrowDown size={14} aria-hidden /> {props.followEnd}
        </button>
      )}
      {props.foot}
    </div>
  );
}

function HeadRow<T>({ columns }: { columns: readonly Column<T>[] }) {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.row} aria-rowindex={1}>
        {columns.map((column) => (
          <div
            key={column.key}
            role="columnheader"
            className={classes.cell}
            data-align={column.align}
            data-hide={column.hide}
            data-only={column.only}
          >
            {column.header}
          </div>
        ))}
      </div>
    </div>
  );
}

type RowProps<T> = { row: T; index: number; table: Props<T>; selected: boolean };

function BodyRow<T>({ row, index, table, selected }: RowProps<T>) {
  const { columns, onOpen, rowClass, rowTestId } = table;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onOpen?.(row);
  };
  const opening = onOpen ? { onClick: () => onOpen(row), onKeyDown, tabIndex: 0 } : {};
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onOpen ? selected : undefined}
      className={`${classes.row} ${rowClass?.(row) ?? ""}`}
      data-opens={onOpen ? true : undefined}
      data-testid={rowTestId}
      data-id={table.rowKey(row)}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      {...opening}
    >
      {columns.map((column) => (
        <div
          key={column.key}
          role="cell"
          className={classes.cell}
          data-align={column.align}
          data-hide={column.hide}
          data-only={column.only}
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Three sets of tracks, by the table's own width; the style sheet picks one. */
function gridTracks<T>(columns: readonly Column<T>[]) {
  const tracks = (kept: (column: Column<T>) => boolean) =>
    columns
      .filter(kept)
      .map((column) => column.width)
      .join(" ");
  return {
    "--tracks-wide": tracks((column) => !column.only),
    "--tracks-medium": tracks((column) => !column.only && column.hide !== "medium"),
    "--tracks-narrow": tracks((column) => !column.hide),
  } as React.CSSProperties;
}
