import { describe, expect, test } from "vitest";
import { addToFeed, type FeedLine, type Line, linesOf, mergeLedger } from "./ledger-merge";

function line(id: string, changed: Partial<Line> = {}): Line {
  return {
    id,
    transactionDate: "2026-11-22",
    account: "CASH",
    category: "CASH_IN",
    subcategory: "savings",
    amount: "500.00",
    description: "Savings · Jane Wanjiku",
    referenceDoc: null,
    balanceAfter: "500.00",
    entryId: `entry-${id}`,
    reversedById: null,
    canReverse: true,
    ...changed,
  };
}

const arrived = (...lines: Line[]): FeedLine[] =>
  lines.map((each, index) => ({ ...each, arrivedAt: index }));
const ids = (lines: readonly Line[]) => lines.map(({ id }) => id);
const snapshot = (lines: Line[]) => ({ lines, opening: "0.00" });

describe("the feed", () => {
  test("keeps the order of arrival and takes no line twice", () => {
    let feed: FeedLine[] = [];
    for (const id of ["a", "b", "a", "c", "b"]) feed = addToFeed(feed, line(id), 1);
    expect(ids(feed)).toEqual(["a", "b", "c"]);
  });

  test("does not grow for ever, and drops the oldest", () => {
    let feed: FeedLine[] = [];
    for (let i = 0; i < 1_100; i += 1) feed = addToFeed(feed, line(String(i)), i);
    expect(feed).toHaveLength(1_000);
    expect(feed[0]?.id).toBe("100");
  });
});

describe("snapshot and feed together", () => {
  test("lines that arrived go to the end, in their order", () => {
    const merged = mergeLedger(snapshot([line("a"), line("b")]), arrived(line("c"), line("d")), {});
    expect(ids(merged)).toEqual(["a", "b", "c", "d"]);
  });

  test("a line in both stands once, where the books have it", () => {
    const merged = mergeLedger(snapshot([line("a"), line("b")]), arrived(line("b"), line("c")), {});
    expect(ids(merged)).toEqual(["a", "b", "c"]);
  });

  test("a snapshot answered late cannot wipe out what arrived meanwhile", () => {
    const feed = arrived(line("c"));
    expect(ids(mergeLedger(snapshot([line("a"), line("b")]), feed, {}))).toContain("c");
    expect(ids(mergeLedger(snapshot([line("a")]), feed, {}))).toContain("c");
  });

  test("only lines of the chosen account and days are added", () => {
    const feed = arrived(
      line("bank", { account: "BANK" }),
      line("old", { transactionDate: "2026-10-31" }),
      line("new", { transactionDate: "2026-11-30" }),
      line("fits"),
    );
    const filter = { account: "CASH", from: "2026-11-01", to: "2026-11-29" } as const;
    expect(ids(mergeLedger(snapshot([]), feed, filter))).toEqual(["fits"]);
  });

  test("under one account the balance runs on for that account, to the cent", () => {
    const loaded = [line("a", { account: "MPESA", balanceAfter: "100.10" })];
    const feed = arrived(
      line("b", { account: "MPESA", amount: "0.20", balanceAfter: "9000.00" }),
      line("x", { account: "CASH", balanceAfter: "9500.00" }),
      line("c", { account: "MPESA", amount: "100.40", category: "CASH_OUT" }),
    );
    const merged = mergeLedger(snapshot(loaded), feed, { account: "MPESA" });
    expect(merged.map(({ balanceAfter }) => balanceAfter)).toEqual(["100.10", "100.30", "-0.10"]);
  });

  test("an account without lines in the period starts at its opening balance", () => {
    const feed = arrived(line("a", { account: "BANK", amount: "50.00" }));
    const empty = { lines: [], opening: "1000.00" };
    expect(mergeLedger(empty, feed, { account: "BANK" })[0]?.balanceAfter).toBe("1050.00");
  });
});

test("pages go back from the end of the books; the lines stand oldest first", () => {
  const page = (...names: string[]) => ({ edges: names.map((name) => ({ node: line(name) })) });
  const [newest, older] = [page("e", "d"), page("c", "b", "a")];
  expect(ids(linesOf([newest]))).toEqual(["d", "e"]);
  expect(ids(linesOf([newest, older]))).toEqual(["a", "b", "c", "d", "e"]);
  expect(linesOf([])).toEqual([]);
});
