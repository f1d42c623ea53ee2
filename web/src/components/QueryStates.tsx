import type { ReactNode } from "react";
import { Failed, LoadingRows, StaleNotice } from "./States";

type Query<T> = { currentData?: T; isError: boolean; error?: unknown; refetch: () => unknown };

/** Loading, failed or stale, or what is made of the data. */
export function QueryStates<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
}) {
  const retry = () => void query.refetch();
  if (query.currentData === undefined) {
    return query.isError ? <Failed error={query.error} retry={retry} /> : <LoadingRows />;
  }
  return (
    <>
      {query.isError && <StaleNotice retry={retry} />}
      {children(query.currentData)}
    </>
  );
}
