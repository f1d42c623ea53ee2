import { useSyncExternalStore } from "react";
import { type Language, language, subscribeLanguage } from ".";

export function useLanguage(): Language {
  return useSyncExternalStore(subscribeLanguage, () => language);
}
