/** The frame of a list: title with count, main action, filters, and the four states of its content. */
import type { ReactNode } from "react";
import classes from "./ListPage.module.css";
import { Failed, LoadingRows, StaleNotice } from "./States";

type Props = {
  title: string;
  /** "12 loans", from how many there are in all pages. */
  count?: (total: number) => string;
  actions?: ReactNode;
  filters?: ReactNode;
  /** An RTK Query hook's result; `currentData`, so that another filter never shows old rows. */
  query: {
    currentData?: { pages: readonly { totalCount?: number }[] };
    isError: boolean;
    error?: unknown;
    refetch: () => unknown;
  };
  /** The table, once there is data. It says itself when it is empty. */
  children: ReactNode;
  /** A `SidePanel` beside the list. */
  panel?: ReactNode;
  testId: string;
};

export function ListPage(props: Props) {
  const { query } = props;
  const retry = () => void query.refetch();
  const loaded = query.currentData !== undefined;
  const total = query.currentData?.pages[0]?.totalCount;
  return (
    <div className={classes.page} data-testid={props.testId}>
      <header className={classes.head}>
        <h1 className={classes.title}>{props.title}</h1>
        {props.count && total !== undefined && (
          <span className={classes.count}>{props.count(total)}</span>
        )}
        <span className={classes.spring} />
        {props.actions}
      </header>
      {props.filters && <div className={classes.filters}>{props.filters}</div>}
      {loaded && query.isError && <StaleNotice retry={retry} />}
      <div className={classes.body}>
        <div className={classes.list}>
          {!loaded && query.isError && <Failed error={query.error} retry={retry} />}
          {!loaded && !query.isError && <LoadingRows />}
          {loaded && props.children}
        </div>
        {props.panel}
      </div>
    </div>
  );
}
