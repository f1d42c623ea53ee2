/** A `DataTable` over a list that comes page by page: it asks for the next when the end is near. */
import { nodes } from "../api/groups";
import { DataTable, type TableProps } from "./DataTable";

/** What an infinite query of RTK Query gives; `currentData`, so that another filter shows no old row. */
export type PagedQuery<T> = {
  currentData?: { pages: readonly { edges: readonly { node: T }[] }[] };
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
};

type Props<T> = Omit<
  TableProps<T>,
  "rows" | "rowKey" | "hasMore" | "loadingMore" | "onMore" | "onOpen"
> & {
  query: PagedQuery<T>;
  /** With the id of the row that is opened. */
  onOpen?: (id: string) => void;
};

export function PagedTable<T extends { id: string }>({ query, onOpen, ...table }: Props<T>) {
  return (
    <DataTable
      {...table}
      rows={nodes(query.currentData?.pages)}
      rowKey={({ id }) => id}
      onOpen={onOpen && (({ id }) => onOpen(id))}
      // After a failure it waits for the notice's button: it would ask again and again.
      hasMore={query.hasNextPage && !query.isError}
      // While anything is on its way, a further page would not be asked for.
      loadingMore={query.isFetching}
      onMore={query.fetchNextPage}
    />
  );
}
