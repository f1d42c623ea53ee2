/** Whatever a screen, a notice or the manifest leads to is a screen of the app. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pathOf } from "../src/lib/notice";
import { match } from "../src/lib/router";

const SRC = join(import.meta.dirname, "../src");
const shell = readFileSync(join(SRC, "app/Shell.tsx"), "utf8");
const routes = [...shell.matchAll(/^ {2}\[\s*"(\/[^"]*)",\s*\(/gm)].map(([, route = ""]) => route);
const leads = (path: string) => routes.some((route) => match(route, path));

/** What stands in the source as an address, with an "x" for what is filled in. */
function addresses(source: string): string[] {
  const found = source.matchAll(/["`]#(\/[^"`]*)["`]|(?:navigate|goBack)\(\s*["`](\/[^"`]*)["`]/g);
  return [...found].map(([, hash, path]) =>
    (hash ?? path ?? "").replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "x"),
  );
}

it("leads somewhere", () => {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  const all = files
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => addresses(readFileSync(join(SRC, name), "utf8")));
  expect(routes.length).toBeGreaterThan(20);
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((path) => !leads(path))).toEqual([]);
});

it("leads from every notice to its screen", () => {
  const id = "0191e4b2-7c3a-7def-8abc-000000000009";
  for (const subject of ["LOAN", "WELFARE", "REVIEW", "OTHER"]) {
    const path = pathOf({ subject, subjectId: id });
    expect([path, leads(path)]).toEqual([path, true]);
  }
});
