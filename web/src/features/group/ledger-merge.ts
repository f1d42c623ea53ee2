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

/** A page as the server gives it, the newest line first. */
type Page = { edges: readonly { node: Line }[] };

/** The loaded lines up to the end of the books, the oldest first. */
export type Snapshot = { lines: readonly Line[]; opening: string };

const turned = new WeakMap<Page, Line[]>();

/** The lines of pages that go backwards from the end of the books. Each page is turned once. */
export function linesOf(pages: readonly Page[]): Line[] {
  return [...pages].reverse().flatMap((page) => {
    let lines = turned.get(page);
    if (!lines) {
      lines = page.edges.map(({ node }) => node).reverse();
      turned.set(page, lines);
    }
    return lines;
  });
}

/**
 * All loaded lines in the order of the books, the oldest first. Lines of the feed go to the end;
 * those that the snapshot has too are among its last, and stand once.
 */
export function mergeLedger(
  snapshot: Snapshot,
  feed: readonly FeedLine[],
  filter: LineFilter,
): readonly Line[] {
  if (feed.length === 0) return snapshot.lines;
  const loaded = new Set(snapshot.lines.slice(-FEED_LIMIT).map(({ id }) => id));
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
