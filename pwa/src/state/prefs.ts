/** Choices that hold no personal data, and must be known before anyone has signed in. */
import { create } from "zustand";

export type Theme = "system" | "light" | "dark";
export const LANGUAGES = ["en", "sw"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Prefs {
  theme: Theme;
  language: Language;
}

const KEY = "tablebanking-prefs";

function read(): Prefs {
  const usual: Prefs = { theme: "system", language: phoneLanguage() };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Prefs>;
    const known = kept.language === undefined || LANGUAGES.includes(kept.language);
    return { ...usual, ...kept, ...(known ? {} : { language: usual.language }) };
  } catch {
    return usual;
  }
}

/** A phone that speaks Swahili is greeted in Swahili. */
function phoneLanguage(): Language {
  const spoken = typeof navigator === "undefined" ? "" : (navigator.language ?? "");
  return LANGUAGES.find((language) => spoken.toLowerCase().split("-")[0] === language) ?? "en";
}

export const usePrefs = create<Prefs>(() => read());

export function setPrefs(changes: Partial<Prefs>): void {
  usePrefs.setState(changes);
  localStorage.setItem(KEY, JSON.stringify(usePrefs.getState()));
  applyTheme();
}

export function applyTheme(): void {
  const { theme, language } = usePrefs.getState();
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.documentElement.lang = language;
}
