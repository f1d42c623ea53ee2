import { createTranslator } from "@tablebanking/common/i18n";
import { en, type MessageKey } from "./en";

export type { MessageKey };

export const language = "en";

const translate = createTranslator<MessageKey>(en, language);
export const t = translate;

/** The words for a value the server sent, or the bare value where a newer server has a new one. */
export function label(family: string, value: string): string {
  const key = `${family}.${value}`;
  return key in en ? translate(key as MessageKey) : value.replaceAll("_", " ").toLowerCase();
}
