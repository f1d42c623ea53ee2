/** A `DataTable` over a list that comes page by page: it asks for the next when the end is near. */
import { nodes } from "../api/groups";
import { DataTable, type TableProps } from "./DataTable";

/** What an infinite query of RTK Query gives; `currentData`, so that another filter shows no old row. */
export type PagedQuery<T> = {
  currentData?: { pages: readonly { edges: readonly { node: T }[] }[] };
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
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
      hasMore={query.hasNextPage}
      loadingMore={query.isFetchingNextPage}
      onMore={query.fetchNextPage}
    />
  );
}
