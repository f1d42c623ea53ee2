/** What workers gave up, in words. Pure, so that it is tested alone. */
import { whyText } from "../../components/messages/message-words";
import { hasWord, t } from "../../i18n";
import type { DeadLetter } from "./dead-letters-api";

export const TOPICS = ["message", "member_news", "push"] as const;
/** As many as the server takes at once. */
export const MOST_AT_ONCE = 100;

/** Few words for the list; the panel says it in full. */
export function shortWhy(code: string): string {
  const key = `deadCode.${code}`;
  return hasWord(key) ? t(key) : whyText(code);
}

/** Those of the chosen which are still in the list: others may have been dealt with meanwhile. */
export const stillThere = (rows: readonly DeadLetter[], chosen: ReadonlySet<string>) =>
  rows.filter(({ id }) => chosen.has(id));

/** Whoever gets one of these may get it twice. */
export const maybeTwice = (letters: readonly DeadLetter[]) =>
  letters.filter(({ code }) => code === "MAY_HAVE_HAPPENED").length;
