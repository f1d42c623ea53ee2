/** The frame of the page of one thing: its states, and a wide column beside a narrow one. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import classes from "./DetailPage.module.css";
import { Empty, Failed, LoadingRows, StaleNotice } from "./States";

/** Where the list is that the thing is one of. */
type Back = { to: string; text: string };

type PageProps<T> = {
  /** An RTK Query hook's result; null: there is no such thing, or it is out of reach. */
  query: { currentData?: T; isError: boolean; error?: unknown; refetch: () => unknown };
  missing: string;
  back: Back;
  testId: string;
  children: (thing: NonNullable<T>) => ReactNode;
};

export function DetailPage<T>({ query, missing, back, testId, children }: PageProps<T>) {
  const { currentData: thing } = query;
  const retry = () => void query.refetch();
  if (thing === undefined) {
    return query.isError ? <Failed error={query.error} retry={retry} /> : <LoadingRows />;
  }
  if (thing === null) {
    return <Empty title={missing} action={<Link to={back.to}>{back.text}</Link>} />;
  }
  return (
    <div className={classes.page} data-testid={testId}>
      {query.isError && <StaleNotice retry={retry} />}
      {children(thing)}
    </div>
  );
}

type HeadProps = { back: Back; title: ReactNode; children: ReactNode; actions?: ReactNode };

/** Who or what it is; `children` are the lines below. */
export function DetailHead({ back, title, children, actions }: HeadProps) {
  return (
    <header className={classes.head}>
      <div className={classes.who}>
        <Link to={back.to} className={classes.back}>
          {back.text}
        </Link>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

export function DetailLine({ children, testId }: { children: ReactNode; testId?: string }) {
  return (
    <p className={classes.line} data-testid={testId}>
      {children}
    </p>
  );
}

/** Beside each other, below each other where it is narrow. */
export function DetailColumns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>{main}</div>
      <div className={classes.column}>{side}</div>
    </div>
  );
}

type SectionProps = { id: string; title: ReactNode; children: ReactNode };

export function DetailSection({ id, title, children }: SectionProps) {
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
