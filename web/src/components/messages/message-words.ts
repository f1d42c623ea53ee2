/** How a message stands, and why, in words. */
import type { MessageRow } from "../../api/messages";
import type { MessageState } from "../../gen/graphql";
import { hasWord, t } from "../../i18n";
import type { Tone } from "../StatusBadge";

export const MESSAGE_STATES = [
  "WAITING",
  "SENDING",
  "SENT",
  "DELIVERED",
  "READ",
  "UNCERTAIN",
  "FAILED",
  "CANCELLED",
  "SHOWN",
] as const satisfies readonly MessageState[];

export const MESSAGE_TONES: Readonly<Record<MessageState, Tone>> = {
  WAITING: "waiting",
  SENDING: "waiting",
  SENT: "good",
  DELIVERED: "good",
  READ: "good",
  UNCERTAIN: "wrong",
  FAILED: "wrong",
  CANCELLED: "quiet",
  SHOWN: "office",
};

/** Why it waits, was cancelled or given up. What only the provider understands stays its code. */
export function whyText(code: string): string {
  const key = `messageWhy.${code}`;
  return hasWord(key) ? t(key) : t("messageWhy.other", { code });
}

/** The state's own explanation, and the reason where there is one. */
export function explanation({ state, reason }: Pick<MessageRow, "state" | "reason">): string {
  const means = t(`messageMeans.${state}`);
  return reason ? `${means} ${whyText(reason)}` : means;
}

/** A code is its owner's alone: the API gives no words for it. */
export const wordsOf = ({ text }: Pick<MessageRow, "text">) => text || t("messages.codeHidden");

export const recipientOf = ({ member }: Pick<MessageRow, "member">) =>
  member?.memberName ?? t("messages.toUser");
