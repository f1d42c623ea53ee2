import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasWord } from "../../i18n";
import { ACTIONS } from "./audit-words";

const SERVER = join(__dirname, "../../../../app/services");
const WRITES = /\baudit(?:\.record)?(?:=|\([^"]{0,80})"([a-z]+\.[a-z_]+)"/g;

/** What the server's rules write into the log, by the calls that write it. */
function written(): string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: "utf8" });
  const sources = files.filter((name) => name.endsWith(".py"));
  const found = sources.flatMap((name) =>
    [...readFileSync(join(SERVER, name), "utf8").matchAll(WRITES)].map(([, action]) => action),
  );
  return [...new Set(found)] as string[];
}

test("each action that the server writes can be filtered by, and has words", () => {
  const offered = Object.values(ACTIONS).flat();
  const actions = written();
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !offered.includes(action))).toEqual([]);
  const unsaid = offered.filter((action) => !hasWord(`audited.${action.replaceAll(".", "_")}`));
  expect(unsaid).toEqual([]);
});
