/** The two tables of the books, and the feed of new ledger lines. */
import { api, operation } from "../../api/api";
import {
  CashLedgerDocument,
  type CashLedgerQuery,
  type CashLedgerQueryVariables,
  LedgerUpdatesDocument,
  TrfBalanceDocument,
  type TrfBalanceQuery,
} from "../../gen/graphql";
import { isReversal } from "../../lib/line-text";
import { subscribeLive } from "../../lib/live-socket";
import { addToFeed, type FeedLine } from "./ledger-merge";
import type { Trf } from "./trf";

export type LedgerFilter = Pick<CashLedgerQueryVariables, "groupId" | "from" | "to" | "account">;
export type LedgerPage = CashLedgerQuery["cashLedger"];
export type LedgerTotals = Pick<
  LedgerPage,
  "totalCount" | "cashIn" | "cashOut" | "openingBalance" | "closingBalance"
>;

const PAGE = 100;
/** A meeting records lines by the dozen: the figures are asked for once they pause. */
const FIGURES_DELAY_MS = 600;

const ledgerApi = api.injectEndpoints({
  endpoints: (build) => ({
    // Backwards from the end: what is new is in sight with the first page, however long the book.
    cashLedger: build.infiniteQuery<LedgerPage, LedgerFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(CashLedgerDocument, {
          ...queryArg,
          first: PAGE,
          after: pageParam,
          newestFirst: true,
        }),
      transformResponse: (answer: CashLedgerQuery) => answer.cashLedger,
      providesTags: (_result, _error, { groupId }) => [{ type: "Ledger", id: groupId }],
    }),
    // The foot's totals apart from the lines: a new line must not load every page again.
    ledgerTotals: build.query<LedgerTotals, LedgerFilter>({
      query: (filter) => operation(CashLedgerDocument, { ...filter, first: 1, after: null }),
      transformResponse: (answer: CashLedgerQuery) => answer.cashLedger,
      providesTags: (_result, _error, { groupId }) => [{ type: "Totals", id: groupId }],
    }),
    trf: build.query<Trf, { groupId: string; asOf: string | null }>({
      query: (variables) => operation(TrfBalanceDocument, variables),
      transformResponse: (answer: TrfBalanceQuery) => answer.trfBalance,
      providesTags: (_result, _error, { groupId }) => [{ type: "Trf", id: groupId }],
    }),
    ledgerFeed: build.query<FeedLine[], string>({
      queryFn: () => ({ data: [] }),
      keepUnusedDataFor: 0,
      async onCacheEntryAdded(groupId, { dispatch, updateCachedData, cacheEntryRemoved }) {
        let timer: ReturnType<typeof setTimeout> | undefined;
        let undone = false;
        const reload = (types: readonly ("Ledger" | "Totals" | "Trf" | "Group")[]) =>
          dispatch(api.util.invalidateTags(types.map((type) => ({ type, id: groupId }))));
        const stop = subscribeLive(
          LedgerUpdatesDocument,
          { groupId },
          {
            next: ({ ledgerUpdates }) => {
              updateCachedData((lines) => addToFeed(lines, ledgerUpdates, Date.now()));
              clearTimeout(timer);
              undone ||= isReversal(ledgerUpdates);
              timer = setTimeout(() => {
                reload(["Totals", "Trf", "Group"]);
                // The line that was taken back stands among those that were loaded before.
                if (undone) reload(["Ledger"]);
                undone = false;
              }, FIGURES_DELAY_MS);
            },
            ready: () => reload(["Ledger", "Totals", "Trf", "Group"]),
          },
        );
        await cacheEntryRemoved;
        clearTimeout(timer);
        stop();
      },
    }),
  }),
});

export const { useCashLedgerInfiniteQuery, useLedgerTotalsQuery, useTrfQuery, useLedgerFeedQuery } =
  ledgerApi;
