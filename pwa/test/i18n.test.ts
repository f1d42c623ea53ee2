import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { chooseLanguage, hasWord, t } from "../src/i18n";
import { first as enFirst } from "../src/i18n/en/first";
import { later as enLater } from "../src/i18n/en/later";
import { first as swFirst } from "../src/i18n/sw/first";
import { later as swLater } from "../src/i18n/sw/later";
import { usePrefs } from "../src/state/prefs";

const en: Record<string, string> = { ...enFirst, ...enLater };
const sw: Record<string, string> = { ...swFirst, ...swLater };
const SRC = resolve(import.meta.dirname, "../src");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("gen"))
  .map((name) => join(SRC, name));
const read = (file: string) =>
  readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");

/** The names of the values in a message; a plural counts as its number. */
const values = (text: string) =>
  [
    ...new Set([...text.matchAll(/\{(\w+)(?:\|[^|}]*\|[^|}]*)?\}/g)].map((found) => found[1])),
  ].sort();

describe("the catalogues", () => {
  it("have the same keys, each once", () => {
    expect(Object.keys(sw).sort()).toEqual(Object.keys(en).sort());
    for (const [one, other] of [
      [enFirst, enLater],
      [swFirst, swLater],
    ] as const) {
      expect(Object.keys(one).filter((key) => key in other)).toEqual([]);
    }
  });

  it("have every file in use", () => {
    for (const language of ["en", "sw"]) {
      const folder = join(SRC, "i18n", language);
      const index = read(join(folder, "first.ts")) + read(join(folder, "later.ts"));
      for (const name of readdirSync(folder).map((file) => file.replace(/\.ts$/, ""))) {
        if (name !== "first" && name !== "later") expect(index).toContain(`"./${name}"`);
      }
    }
  });

  it("fill in the same values", () => {
    for (const [key, text] of Object.entries(en)) {
      expect([key, values(sw[key] ?? "")]).toEqual([key, values(text)]);
    }
  });

  it("have no braces that are not a value, and no empty message", () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(sw)]) {
      const rest = text.replace(/\{\w+(\|[^|{}]*\|[^|{}]*)?\}/g, "");
      expect([key, text.trim() !== "" && !/[{}|]/.test(rest)]).toEqual([key, true]);
    }
  });
});

describe("the screens", () => {
  /** Prose, and not code that happens to stand between two angle brackets. */
  const WORD = /^(?!.*\b(?:const|return|case|export)\b)[^;=|&"`$()[\]]*\p{L}{2}[^;=|&"`$()[\]]*$/su;
  /** Names that are the same in both languages. */
  const NAMES = new Set(["(KES)", "KES"]);

  it("have no words of their own", () => {
    const found: string[] = [];
    for (const file of files.filter((name) => name.endsWith(".tsx"))) {
      const text = read(file).replace(/=>/g, "⇒");
      const between = text.matchAll(
        /<\/?[A-Za-z][^<>]*>([^<>{}]+)[<{]|\}([^<>{}=;:?()]+)<\/[A-Za-z]/g,
      );
      const labels = text.matchAll(/\b(?:label|title|alt|placeholder|aria-label)="([^"]+)"/g);
      for (const match of [...between, ...labels]) {
        const words = (match[1] ?? match[2] ?? "").trim();
        if (WORD.test(words) && !NAMES.has(words)) {
          found.push(`${file.slice(SRC.length)}: ${words}`);
        }
      }
    }
    expect(found).toEqual([]);
  });

  it("that open first use only words that come first", () => {
    const missing: string[] = [];
    // The shell comes later than the lock, but does not wait for the words of other screens.
    const opening = reached(join(SRC, "app/Shell.tsx"), reached(join(SRC, "main.tsx")));
    expect(opening.size).toBeGreaterThan(40);
    for (const file of opening) {
      for (const [, key = ""] of read(file).matchAll(/\bt\(\s*"([\w.]+)"/g)) {
        if (!(key in enFirst)) missing.push(`${file.slice(SRC.length)}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

/** All files that `file` imports, not counting what is fetched later. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, from = ""] of read(file).matchAll(/(?:from|^import) "(\.[^"]+)"/gm)) {
    const base = resolve(dirname(file), from);
    const next = files.find((name) =>
      [`${base}.ts`, `${base}.tsx`, join(base, "index.ts")].includes(name),
    );
    if (next) reached(next, seen);
  }
  return seen;
}

describe("Swahili", () => {
  afterEach(() => usePrefs.setState({ language: "en" }));

  it("is spoken after it was chosen, with its own plural", async () => {
    usePrefs.setState({ language: "en" });
    expect(t("today.members", { count: 2 })).toBe("2 members");
    const { localStorage } = globalThis;
    Object.assign(globalThis, { localStorage: { setItem: () => undefined } });
    Object.assign(globalThis, { document: { documentElement: { dataset: {} } } });
    await chooseLanguage("sw");
    expect(document.documentElement.lang).toBe("sw");
    Object.assign(globalThis, { localStorage, document: undefined });
    expect(t("today.members", { count: 1 })).toBe("Mwanachama\u00a01");
    expect(t("today.members", { count: 2 })).toBe("Wanachama\u00a02");
    expect(hasWord("why.UNKNOWN_MEMBER")).toBe(true);
    expect(hasWord("why.NEVER_HEARD_OF")).toBe(false);
  });
});
