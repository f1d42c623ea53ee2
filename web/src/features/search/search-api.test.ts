import { expect, test } from "vitest";
import { type Hit, withPages } from "./search-api";

const PAGES = [
  { path: "/groups", name: "Groups" },
  { path: "/loans", name: "Loans" },
];
const hit = (kind: Hit["kind"]): Hit => ({ id: kind, kind, name: kind, detail: "", to: "/" });

test("pages are found by a part of their name, in front of what the server found", () => {
  const found = withPages([hit("members")], "LOA", PAGES);
  expect(found.map(({ kind, to }) => [kind, to])).toEqual([
    ["pages", "/loans"],
    ["members", "/"],
  ]);
  expect(withPages([], " ", PAGES)).toEqual([]);
});

test("a loan is offered only to those who have a page of loans", () => {
  const hits = [hit("loans"), hit("members")];
  expect(withPages(hits, "jane", PAGES)).toHaveLength(2);
  expect(withPages(hits, "jane", PAGES.slice(0, 1)).map(({ kind }) => kind)).toEqual(["members"]);
});
