import { useEffect, useMemo, useState } from "react";
import { useLedgerFeedQuery } from "./ledger-api";
import type { FeedLine } from "./ledger-merge";

/** How long an arrived line stays marked as new. */
const FRESH_MS = 8_000;

export type GroupFeed = { lines: readonly FeedLine[]; fresh: ReadonlySet<string> };

const NOTHING: readonly FeedLine[] = [];

/** The lines that arrived while this group is open, and which of them are fresh. */
export function useGroupFeed(groupId: string): GroupFeed {
  const { currentData: lines = NOTHING } = useLedgerFeedQuery(groupId);
  const [now, setNow] = useState(() => Date.now());
  const newest = lines.at(-1)?.arrivedAt ?? 0;

  useEffect(() => {
    setNow(Date.now());
    const left = newest + FRESH_MS - Date.now();
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), left + 50);
    return () => clearTimeout(timer);
  }, [newest]);

  const fresh = useMemo(
    () => new Set(lines.filter((line) => line.arrivedAt > now - FRESH_MS).map(({ id }) => id)),
    [lines, now],
  );
  return { lines, fresh };
}
