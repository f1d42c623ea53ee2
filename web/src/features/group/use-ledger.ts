/** The lines of the cash ledger as the filter asks for them, with those that arrived meanwhile. */
import { useMemo, useState } from "react";
import { useCashLedgerInfiniteQuery, useLedgerTotalsQuery } from "./ledger-api";
import { initialFilter } from "./ledger-filter";
import { linesOf, mergeLedger } from "./ledger-merge";
import type { GroupFeed } from "./use-group-feed";

export type Ledger = ReturnType<typeof useLedger>;

export function useLedger(groupId: string, feed: GroupFeed) {
  const [filter, setFilter] = useState(initialFilter);
  const asked = useMemo(
    () => ({
      groupId,
      from: filter.from || null,
      to: filter.to || null,
      account: filter.account || null,
    }),
    [groupId, filter],
  );
  const query = useCashLedgerInfiniteQuery(asked);
  const { currentData: totals } = useLedgerTotalsQuery(asked);
  const pages = query.currentData?.pages;
  const lines = useMemo(() => {
    const opening = pages?.[0]?.openingBalance ?? "0.00";
    return mergeLedger({ lines: linesOf(pages ?? []), opening }, feed.lines, asked);
  }, [pages, feed.lines, asked]);
  return { filter, setFilter, asked, query, totals, lines };
}
