// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not drawn, which table elements cannot lay out
// biome-ignore-all lint/a11y/useFocusableInteractive: only rows that open something are interactive, and those take the focus
/**
 * A dense table that draws only the rows in sight, so that a year of ledger lines scrolls as easily
 * as ten. Rows have one fixed height; more of them are asked for when their edge comes near.
 */
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { t } from "../i18n";
import { useNarrow } from "../lib/use-narrow";
import type { Sort } from "../lib/use-sort";
import classes from "./DataTable.module.css";
import { useFollowEnd } from "./use-follow-end";
import { useKeepPlace } from "./use-keep-place";
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
  /** The name by which the server sorts: the head is then a button; numbers start at the largest. */
  sortKey?: string;
  /** A CSS grid track, e.g. "minmax(120px, 2fr)". */
  width: string;
};

export type TableProps<T> = {
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
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** Stands for the row on a phone: a `RowCard`. Without one, the table itself gets narrower. */
  card?: (row: T) => ReactNode;
  /**
   * The end is where things happen: start there, stay there; away from it this button leads back.
   * What `onMore` brings are then earlier rows, which go above those that stand.
   */
  followEnd?: string;
};

const NEAR_ROWS = 12;
/** Earlier rows are fetched well before the reader, who scrolls up, gets to where they belong. */
const NEAR_START_ROWS = 40;
const CARD_HEIGHT = 72;

export function DataTable<T>(props: TableProps<T>) {
  const narrow = useNarrow();
  const cards = narrow && props.card !== undefined;
  const { columns, rows, rowKey, hasMore, loadingMore, onMore } = props;
  const rowHeight = cards ? CARD_HEIGHT : ROW_HEIGHT;
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useRowWindow(scroller, rows.length, rowHeight);

  const upwards = props.followEnd !== undefined;
  const keys = upwards && rows.length > 0 ? endsOf(rows, rowKey) : null;
  useKeepPlace(scroller, keys && { first: keys.first, rows, rowKey, rowHeight });
  const below = useFollowEnd(scroller, keys?.last ?? "", upwards);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `first` tells that it was scrolled
  useEffect(() => {
    // Where it stands by itself: just after the first drawing `first` does not know the end yet.
    const top = scroller.current?.scrollTop ?? 0;
    const near = upwards ? top < NEAR_START_ROWS * rowHeight : last >= rows.length - NEAR_ROWS;
    if (near && hasMore && !loadingMore) onMore?.();
  }, [first, last, rows.length, rowHeight, upwards, hasMore, loadingMore, onMore]);

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
        {cards ? <HeadForCards label={props.label} /> : <HeadRow table={props} />}
        {upwards && loadingMore && (
          <div className={classes.moreAbove}>
            <span>{t("state.loadingMore")}</span>
          </div>
        )}
        <div role="rowgroup" className={classes.body} style={{ height: rows.length * rowHeight }}>
          {rows.slice(first, last + 1).map((row, offset) => (
            <BodyRow
              key={rowKey(row)}
              row={row}
              index={first + offset}
              table={props}
              cards={cards}
              selected={props.selectedKey === rowKey(row)}
            />
          ))}
        </div>
        {rows.length === 0 && <EmptyRow>{props.empty}</EmptyRow>}
        {!upwards && hasMore && loadingMore && (
          <div className={classes.more}>{t("state.loadingMore")}</div>
        )}
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

function endsOf<T>(rows: readonly T[], rowKey: (row: T) => string) {
  return { first: rowKey(rows[0] as T), last: rowKey(rows.at(-1) as T) };
}

/** A table holds rows only, also where what it says instead of rows has a button. */
function EmptyRow({ children }: { children: ReactNode }) {
  return (
    <div role="rowgroup">
      <div role="row">
        <div role="cell">{children}</div>
      </div>
    </div>
  );
}

function HeadRow<T>({ table }: { table: TableProps<T> }) {
  const { columns, sort } = table;
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
            aria-sort={sort && column.sortKey ? ariaSort(sort, column.sortKey) : undefined}
          >
            <Head column={column} table={table} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A table's head, for those who do not see that the rows are cards. */
function HeadForCards({ label }: { label: string }) {
  return (
    <div role="rowgroup" className="visually-hidden">
      <div role="row" aria-rowindex={1}>
        <span role="columnheader">{label}</span>
      </div>
    </div>
  );
}

function Head<T>({ column, table }: { column: Column<T>; table: TableProps<T> }) {
  const { sort, onSort } = table;
  const key = column.sortKey;
  if (!key || !onSort) return column.header;
  const sorted = sort?.key === key ? sort : null;
  const Arrow = sorted?.descending ? IconArrowDown : IconArrowUp;
  return (
    <button
      type="button"
      className={classes.sort}
      onClick={() =>
        onSort({ key, descending: sorted ? !sorted.descending : column.align === "end" })
      }
    >
      {column.header}
      {sorted && <Arrow size={12} aria-hidden />}
    </button>
  );
}

function ariaSort(sort: Sort, key: string) {
  if (sort.key !== key) return "none";
  return sort.descending ? "descending" : "ascending";
}

type RowProps<T> = {
  row: T;
  index: number;
  table: TableProps<T>;
  cards: boolean;
  selected: boolean;
};

function BodyRow<T>({ row, index, table, cards, selected }: RowProps<T>) {
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
      className={`${cards ? classes.card : classes.row} ${rowClass?.(row) ?? ""}`}
      data-opens={onOpen ? true : undefined}
      data-testid={rowTestId}
      data-id={table.rowKey(row)}
      style={{ transform: `translateY(${index * (cards ? CARD_HEIGHT : ROW_HEIGHT)}px)` }}
      {...opening}
    >
      {cards && (
        <div role="cell" className={classes.cardCell}>
          {table.card?.(row)}
        </div>
      )}
      {(cards ? [] : columns).map((column) => (
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
