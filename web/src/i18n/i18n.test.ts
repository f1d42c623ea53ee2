import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { chooseLanguage, hasWord, label, t } from ".";
import { first as enFirst } from "./en/first";
import { later as enLater } from "./en/later";
import { first as swFirst } from "./sw/first";
import { later as swLater } from "./sw/later";

const en: Record<string, string> = { ...enFirst, ...enLater };
const sw: Record<string, string> = { ...swFirst, ...swLater };
const SRC = resolve(import.meta.dirname, "..");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/^gen|\.test\.|^test/.test(name))
  .map((name) => join(SRC, name));
const read = (file: string) =>
  readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
const short = (file: string) => file.slice(SRC.length);

/** The names of the values in a message; a plural counts as its number. */
const values = (text: string) =>
  [
    ...new Set([...text.matchAll(/\{(\w+)(?:\|[^|}]*\|[^|}]*)?\}/g)].map((found) => found[1])),
  ].sort();

describe("the catalogues", () => {
  test("have the same keys, each once", () => {
    expect(Object.keys(sw).sort()).toEqual(Object.keys(en).sort());
    for (const language of ["en", "sw"]) {
      const folder = join(SRC, "i18n", language);
      const keys = readdirSync(folder).flatMap((name) =>
        [...read(join(folder, name)).matchAll(/^ {2}"([\w.]+)":/gm)].map(([, key]) => key),
      );
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      expect(keys.length).toBe(Object.keys(en).length);
    }
  });

  test("fill in the same values", () => {
    for (const [key, text] of Object.entries(en)) {
      expect([key, values(sw[key] ?? "")]).toEqual([key, values(text)]);
    }
  });

  test("have no braces that are not a value, and no empty message", () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(sw)]) {
      const rest = text.replace(/\{\w+(\|[^|{}]*\|[^|{}]*)?\}/g, "");
      expect([key, text.trim() !== "" && !/[{}|]/.test(rest)]).toEqual([key, true]);
    }
  });
});

describe("the screens", () => {
  /** Prose, and not code that happens to stand between two angle brackets. */
  const WORD =
    /^(?!.*\b(?:const|return|case|export)\b)[^;=⇒|&"`$()[\]]*\p{L}{2}[^;=⇒|&"`$()[\]]*$/su;
  /** Names of keys, the same in both languages. */
  const NAMES = new Set(["Ctrl K", "KES"]);

  test("have no words of their own", () => {
    const found: string[] = [];
    for (const file of files.filter((name) => name.endsWith(".tsx"))) {
      const text = read(file).replace(/=>/g, "⇒");
      const between = text.matchAll(
        /<\/?[A-Za-z][^<>]*>([^<>{}]+)[<{]|\}([^<>{}=;:?()]+)<\/[A-Za-z]/g,
      );
      const labels = text.matchAll(
        /\b(?:label|title|alt|placeholder|description|aria-label)="([^"]+)"/g,
      );
      for (const match of [...between, ...labels]) {
        const words = (match[1] ?? match[2] ?? "").trim();
        if (WORD.test(words) && !NAMES.has(words)) found.push(`${short(file)}: ${words}`);
      }
    }
    expect(found).toEqual([]);
  });

  test("take their words when they are drawn, not when their file is loaded", () => {
    const found: string[] = [];
    for (const file of files) {
      for (const [block] of read(file).matchAll(
        /^(?:export )?const \w+[^\n]*= (?:\w+\()?[[{]\n(?:.*\n)+?[\]}]/gm,
      )) {
        const own = block.replace(/\([^()]*\) ?=>[^\n]*/g, "");
        if (/[^\w.]t\(/.test(own)) found.push(`${short(file)}: ${block.split("\n")[0]}`);
      }
    }
    expect(found).toEqual([]);
  });

  test("that open first use only words that come first", () => {
    const missing: string[] = [];
    const opening = reached(join(SRC, "main.tsx"));
    expect(opening.size).toBeGreaterThan(30);
    for (const file of opening) {
      for (const [, key = ""] of read(file).matchAll(/\bt\(\s*"([\w.]+)"/g)) {
        if (!(key in enFirst)) missing.push(`${short(file)}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

/** All files that `file` imports, not counting what is fetched later. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, from = ""] of read(file).matchAll(/(?:from|^import) "(\.[^"]*)"/gm)) {
    const base = resolve(dirname(file), from);
    const next = files.find((name) =>
      [`${base}.ts`, `${base}.tsx`, join(base, "index.ts")].includes(name),
    );
    if (next) reached(next, seen);
  }
  return seen;
}

describe("Swahili", () => {
  afterEach(() => chooseLanguage("en"));

  test("is spoken after it was chosen, with its own plural, and is kept", async () => {
    expect(t("groups.count", { count: 2 })).toBe("2 groups");
    await chooseLanguage("sw");
    expect(document.documentElement.lang).toBe("sw");
    expect(localStorage.getItem("tablebanking.language")).toBe("sw");
    expect(t("groups.count", { count: 1 })).toBe("Kikundi 1");
    expect(t("groups.count", { count: 2 })).toBe("Vikundi 2");
    expect(hasWord("why.UNKNOWN_MEMBER")).toBe(true);
    expect(label("role", "NEW_ROLE")).toBe("new role");
  });
});
