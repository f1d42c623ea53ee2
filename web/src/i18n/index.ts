/**
 * The office's words. A feature's words are i18n/en/<feature>.ts and i18n/sw/<feature>.ts, listed in
 * first.ts (what opens first) or later.ts (fetched with the first other page). Swahili is fetched
 * only where it is chosen. docs/office.md says how to add to them.
 */
import { type Catalogue, createTranslator, type Translate } from "@tablebanking/common/i18n";
import { first } from "./en/first";
import type { later } from "./en/later";

export type Language = "en" | "sw";
export type MessageKey = (keyof typeof first | keyof typeof later) & string;

export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", sw: "Kiswahili" };
const STORAGE_KEY = "tablebanking.language";

type Words = Partial<Catalogue<MessageKey>>;
type Part = () => Promise<Words>;

const PARTS: Record<Language, { first: Part; later: Part }> = {
  en: {
    first: async () => first,
    later: async () => (await import("./en/later")).later,
  },
  sw: {
    first: async () => (await import("./sw/first")).first,
    later: async () => (await import("./sw/later")).later,
  },
};

/** What has been fetched so far. English is the last resort for both. */
const words: Record<Language, Words> = { en: { ...first }, sw: {} };
const translators: Partial<Record<Language, Translate<MessageKey>>> = {};
const listeners = new Set<() => void>();
let laterWanted = false;

/** The language that is spoken now. Pages are drawn anew when it changes. */
export let language: Language = "en";

/** Before the first page is drawn. Without the file: in English. */
export async function startWords(): Promise<void> {
  await speak(preferred()).catch(() => undefined);
}

/** Before a page is drawn that is not the first list. */
export async function loadLater(): Promise<void> {
  laterWanted = true;
  await load(language);
}

/** Changes only once the words are at hand; rejects where they cannot be fetched. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  await speak(chosen);
  localStorage.setItem(STORAGE_KEY, chosen);
}

async function speak(chosen: Language): Promise<void> {
  await load(chosen);
  language = chosen;
  document.documentElement.lang = chosen;
  for (const listener of listeners) listener();
}

export function subscribeLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const t: Translate<MessageKey> = (key, params) => {
  let translate = translators[language];
  if (!translate) {
    const english = words.en as Catalogue<MessageKey>;
    translate = createTranslator<MessageKey>(english, language, words[language]);
    translators[language] = translate;
  }
  return translate(key, params);
};

/** Is there a word for this key, which was made of a code? */
export const hasWord = (key: string): key is MessageKey => key in words.en;

/** The words for a value the server sent, or the bare value where a newer server has a new one. */
export function label(family: string, value: string): string {
  const key = `${family}.${value}`;
  return hasWord(key) ? t(key) : value.replaceAll("_", " ").toLowerCase();
}

async function load(wanted: Language): Promise<void> {
  // English is loaded beside any other: codes that only one of them names still have a word.
  await Promise.all(
    [...new Set<Language>(["en", wanted])].map(async (name) => {
      const { first, later } = PARTS[name];
      const parts = await Promise.all(laterWanted ? [first(), later()] : [first()]);
      Object.assign(words[name], ...parts);
    }),
  );
}

/** What was chosen on this device, or what the device speaks. */
function preferred(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === "en" || stored === "sw") return stored;
  return navigator.language?.startsWith("sw") ? "sw" : "en";
}
