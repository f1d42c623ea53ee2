/** The pages of any report, and its totals. Loaded anew each time: a report is of this moment. */
import { api } from "../../api/api";
import type { RequestError } from "../../lib/graphql-request";
import type { Asked, Figure, ReportPage } from "./report";
import { reportOf } from "./reports";

const PAGE = 50;

export type ReportArgs = { key: string; asked: Asked };
/** With the figures that came along with the page. */
export type Loaded = ReportPage<unknown> & { figures: Figure[] };

function mustFind(key: string) {
  const found = reportOf(key);
  if (!found) throw new Error(`no report ${key}`);
  return found;
}

const reportsApi = api.injectEndpoints({
  endpoints: (build) => ({
    report: build.infiniteQuery<Loaded, ReportArgs, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      async queryFn({ queryArg: { key, asked }, pageParam }, _api, _options, fetch) {
        const { document, variables, pick, figures } = mustFind(key);
        const { data, error } = await fetch({
          document,
          variables: { ...variables(asked), first: PAGE, after: pageParam },
        });
        if (error) return { error: error as RequestError };
        return { data: { ...pick(data), figures: figures?.(data) ?? [] } };
      },
      keepUnusedDataFor: 0,
    }),
    reportTotals: build.query<Figure[], ReportArgs>({
      async queryFn({ key, asked }, _api, _options, fetch) {
        const { totals } = mustFind(key);
        if (!totals) return { data: [] };
        const { data, error } = await fetch({
          document: totals.document,
          variables: totals.variables(asked),
        });
        return error ? { error: error as RequestError } : { data: totals.figures(data) };
      },
      keepUnusedDataFor: 0,
    }),
  }),
});

export const { useReportInfiniteQuery, useReportTotalsQuery } = reportsApi;
