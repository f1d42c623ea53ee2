import type { Operation } from "../../lib/model";

/** The server's last word: another try would get the same answer. */
const FINAL_WORDS: ReadonlySet<string | null> = new Set([
  "MEETING_CLOSED",
  "ALREADY_CONFIRMED",
  "SIGNATURE_INVALID",
]);

/** Is there any use in sending it again? */
export const canPass = ({ status, code }: Pick<Operation, "status" | "code">): boolean =>
  status !== "rejected" || !FINAL_WORDS.has(code);
