/**
 * The phone's words. A feature's words are i18n/en/<feature>.ts and i18n/sw/<feature>.ts. Those
 * of the shell lie in it in English; all others, and Swahili, are fetched when they are needed
 * (from the phone's own copy of the app). docs/phone.md says how to add to them.
 */
import { type Catalogue, createTranslator, type Translate } from "@tablebanking/common/i18n";
import { type Language, setPrefs, usePrefs } from "../state/prefs";
import { first } from "./en/first";
import type { later } from "./en/later";

export type Key = (keyof typeof first | keyof typeof later) & string;

export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", sw: "Kiswahili" };

type Part = () => Promise<Partial<Catalogue<Key>>>;

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
const words: Record<Language, Partial<Catalogue<Key>>> = { en: { ...first }, sw: {} };
const translators = new Map<Language, Translate<Key>>();
let laterWanted = false;

async function load(language: Language): Promise<void> {
  const { first, later } = PARTS[language];
  const parts = await Promise.all(laterWanted ? [first(), later()] : [first()]);
  Object.assign(words[language], ...parts);
}

/** Before the first screen is drawn. Without signal, and without the file: in English. */
export async function startWords(): Promise<void> {
  await load(usePrefs.getState().language).catch(() => undefined);
}

/** Before a screen is drawn that is not part of the shell. */
export async function loadLater(): Promise<void> {
  laterWanted = true;
  await load(usePrefs.getState().language);
}

/** Changes only once the words are at hand; rejects where they cannot be fetched. */
export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  setPrefs({ language });
}

/** Is there a word for this key, which was made of a code? */
export const hasWord = (key: string): key is Key =>
  key in words[usePrefs.getState().language] || key in words.en;

/**
 * Screens are drawn anew when the language changes, so a plain function is enough. An amount never
 * stands on another line than its currency.
 */
export const t: Translate<Key> = (key, params) => {
  const { language } = usePrefs.getState();
  let translate = translators.get(language);
  if (!translate) {
    translate = createTranslator<Key>(words.en as Catalogue<Key>, language, words[language]);
    translators.set(language, translate);
  }
  return translate(key, params).replaceAll("KES ", "KES\u00a0");
};
