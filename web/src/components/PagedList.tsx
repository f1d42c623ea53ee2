/** A whole list: frame, export of all that the filters leave, and the table that is read page by page. */
import type { ComponentProps, ReactNode } from "react";
import { ExportMenu } from "./ExportMenu";
import { ListPage } from "./ListPage";
import { type PagedQuery, PagedTable } from "./PagedTable";

type Frame = Omit<ComponentProps<typeof ListPage>, "query" | "children">;
type Table<T extends { id: string }> = Omit<
  ComponentProps<typeof PagedTable<T>>,
  "label" | "testId" | "query"
>;
type Exported<T> = Omit<ComponentProps<typeof ExportMenu<T>>, "title">;

type Props<T extends { id: string }> = Frame &
  Table<T> & {
    query: PagedQuery<T> & ComponentProps<typeof ListPage>["query"];
    exported: Exported<T>;
    /** What opens over the list. */
    children?: ReactNode;
  };

/** `testId` names the parts: "fines" gives fines-page and fines-table. */
export function PagedList<T extends { id: string }>(props: Props<T>) {
  const { title, count, query, testId, actions, filters, panel, exported, children, ...table } =
    props;
  return (
    <ListPage
      title={title}
      count={count}
      query={query}
      testId={`${testId}-page`}
      filters={filters}
      panel={panel}
      actions={
        <>
          <ExportMenu title={title} {...exported} />
          {actions}
        </>
      }
    >
      <PagedTable {...table} label={title} testId={`${testId}-table`} query={query} />
      {children}
    </ListPage>
  );
}
