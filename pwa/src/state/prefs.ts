/** Choices that hold no personal data, and must be known before anyone has signed in. */
import { create } from "zustand";

export type Theme = "system" | "light" | "dark";
export const LANGUAGES = ["en"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Prefs {
  theme: Theme;
  language: Language;
}

const KEY = "tablebanking-prefs";

function read(): Prefs {
  const usual: Prefs = { theme: "system", language: "en" };
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Prefs>) };
  } catch {
    return usual;
  }
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
