/**
 * The ledger on the screen is what was loaded (the snapshot) plus what the subscription brought (the
 * feed). The feed is kept apart and merged when shown: a snapshot that was asked for before a line
 * arrived and answered after it cannot wipe that line out, and the next one that holds it takes over.
 */
import { fromDecimal, toDecimal } from "@tablebanking/common/money";
import type { LedgerLineFragment } from "../../gen/graphql";

export type Line = LedgerLineFragment;
export type FeedLine = Line & { arrivedAt: number };
export type LineFilter = {
  from?: string | null;
  to?: string | null;
  account?: Line["account"] | null;
};

/** Far more than arrive between two loadings; the oldest beyond it are in any snapshot. */
const FEED_LIMIT = 1_000;

/** Appends in the order of arrival, which is the order of the books; a repeat is not a new line. */
export function addToFeed(feed: FeedLine[], line: Line, now: number): FeedLine[] {
  if (feed.some(({ id }) => id === line.id)) return feed;
  return [...feed, { ...line, arrivedAt: now }].slice(-FEED_LIMIT);
}

export type Snapshot = {
  lines: readonly Line[];
  /** Its end is the end of the books; false while pages are still to be loaded. */
  complete: boolean;
  opening: string;
};

/**
 * All lines in the order of the books, the oldest first. Lines of the feed go to the end, so they
 * wait until the snapshot reaches it; those still to come by paging are in both, and stand once.
 */
export function mergeLedger(
  snapshot: Snapshot,
  feed: readonly FeedLine[],
  filter: LineFilter,
): readonly Line[] {
  if (!snapshot.complete) return snapshot.lines;
  const loaded = new Set(snapshot.lines.map(({ id }) => id));
  const arrived = feed.filter((line) => !loaded.has(line.id) && matches(line, filter));
  if (arrived.length === 0) return snapshot.lines;
  const shown = filter.account ? withAccountBalances(arrived, lastBalance(snapshot)) : arrived;
  return [...snapshot.lines, ...shown];
}

/** The subscription's balances are those of all money; under one account they run for it alone. */
function withAccountBalances(lines: readonly Line[], before: string): Line[] {
  let balance = fromDecimal(before);
  return lines.map((line) => {
    const amount = fromDecimal(line.amount);
    balance += line.category === "CASH_IN" ? amount : -amount;
    return { ...line, balanceAfter: toDecimal(balance) };
  });
}

function lastBalance({ lines, opening }: Snapshot): string {
  return lines.at(-1)?.balanceAfter ?? opening;
}

export function matches(line: Line, { from, to, account }: LineFilter): boolean {
  if (account && line.account !== account) return false;
  if (from && line.transactionDate < from) return false;
  return !(to && line.transactionDate > to);
}
