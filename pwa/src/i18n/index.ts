/** The phone's words. A further language is one file like en.ts, offered in the account screen. */
import { type Catalogue, createTranslator, type Translate } from "@tablebanking/common/i18n";
import { type Language, usePrefs } from "../state/prefs";
import { en } from "./en";

export type Key = keyof typeof en & string;

const TRANSLATED: Record<Language, Partial<Catalogue<Key>>> = { en };

export const LANGUAGE_NAMES: Record<Language, string> = { en: "English" };

const translators = new Map<Language, Translate<Key>>();

/** Screens are drawn anew when the language changes, so a plain function is enough. */
export const t: Translate<Key> = (key, params) => {
  const { language } = usePrefs.getState();
  let translate = translators.get(language);
  if (!translate) {
    translate = createTranslator<Key>(en, language, TRANSLATED[language]);
    translators.set(language, translate);
  }
  return translate(key, params);
};
