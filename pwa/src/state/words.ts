/** An operation in words, and why it is where it is. */
import { formatMoment } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { hasWord, type Key, t } from "../i18n";
import { say } from "../i18n/say";
import type { OfficeWord, Operation, PaperKind } from "../lib/model";
import { kindOf } from "../operations";
import type { ReviewItem } from "../records/reviewItems";
import type { UploadRecord } from "../store/schema";
import { heldBack, type Link } from "../sync/chain";
import { needsOfficer } from "../sync/outbox";
import { isUnsentUpload, linkOf, uploadNeedsOfficer } from "../sync/upload-box";
import { usePrefs } from "./prefs";

export function describe({ body }: Pick<Operation, "body">): string {
  const line = kindOf(body.type)?.words?.(body);
  return line ? say(line) : "";
}

export const groupNameOf = ({ body }: Pick<Operation, "body">) =>
  "groupName" in body ? body.groupName : "";

/** Codes that mean the same to an officer as another one. */
const SAME: Record<string, string> = { UNKNOWN_GROUP: "NOT_FOUND" };

/** What a code means for this kind of operation, or for any. */
function meaning(code: string | null, type: string): Key | null {
  const known = SAME[code ?? ""] ?? code;
  return [`why.${known}.${type}`, `why.${known}`].find(hasWord) ?? null;
}

/**
 * A rule that stood against it, said in full. Of one that is unknown the server's own words are
 * shown, which are English; in Swahili the code, for the office to be told.
 */
function ruleInWords(code: string | null, message: string, type: string): string {
  const key = meaning(code, type);
  if (key) return t(key);
  const english = usePrefs.getState().language === "en";
  return t("why.rejected", { message: english || !code ? message : `${code}.` });
}

/** What something waits for in the end: another operation, or pictures of a member. */
export type Behind = { operation: Operation } | { pictures: Picture[] };
type Picture = Omit<UploadRecord, "info">;

export function whatHoldsBack(
  operations: readonly Operation[],
  uploads: readonly Picture[],
): Map<string, Behind> {
  const unsent = uploads.filter(isUnsentUpload);
  const roots = heldBack<Link>([...operations, ...unsent.map(linkOf)]);
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const found = new Map<string, Behind>();
  for (const { id } of operations) {
    const root = roots.get(id);
    if (!root) continue;
    const operation = byId.get(root.id);
    found.set(id, operation ? { operation } : { pictures: alike(root, unsent) });
  }
  return found;
}

/** Both sides of the ID hold back the same. */
const alike = ({ makes }: Link, unsent: readonly Picture[]) =>
  unsent.filter((upload) => upload.makes.some((what) => makes.includes(what)));

export function reasonFor(operation: Operation, behind: Behind | null): string | null {
  const { status, code, outcome } = operation;
  const office = operation.outcome?.office ? officeWord(operation.outcome.office) : null;
  switch (status) {
    case "waiting":
      if (behind) return waitsFor(behind);
      return inOtherHands(operation) ?? (operation.uncertain ? t("why.uncertain") : null);
    case "held":
      return heldInWords(operation, office);
    case "conflict":
      return office ?? t("why.conflict");
    case "failed":
      return t("why.failed");
    case "rejected": {
      const rules = outcome?.details.length
        ? outcome.details
        : [{ code, message: outcome?.message ?? code ?? "" }];
      const words = rules.map((rule) => ruleInWords(rule.code, rule.message, operation.type));
      return [...new Set(words)].join(" ");
    }
    case "removed":
      return office ?? t("outbox.reasonGiven", { reason: outcome?.reason ?? "" });
    case "saved":
      return office;
    default:
      return null;
  }
}

function inOtherHands({ handedAt, body }: Operation): string | null {
  if (handedAt) {
    const { language } = usePrefs.getState();
    return t("why.handedOver", { moment: formatMoment(handedAt, language) });
  }
  return body.takenFrom ? t("why.takenOver", { name: body.takenFrom }) : null;
}

function waitsFor(reason: Behind): string {
  if ("pictures" in reason) return waitsForPictures(reason.pictures);
  const behind = reason.operation;
  if (!needsOfficer(behind)) return t("why.after", { what: describe(behind) });
  if (behind.type === "registerMember") return t("why.behind");
  return t("why.behindOther", { what: describe(behind) });
}

function waitsForPictures(pictures: Picture[]): string {
  const wrong = pictures.find(uploadNeedsOfficer);
  if (wrong) return t("why.pictureWrong", { what: t(`paper.${wrong.kind as PaperKind}`) });
  const kb = (bytes: number) => Math.round(bytes / 1024);
  const sum = (of: (upload: Picture) => number) => kb(pictures.reduce((n, row) => n + of(row), 0));
  return t("why.pictures", { sent: sum(({ sent }) => sent), total: sum(({ size }) => size) });
}

/** Why it lies at the office, and what becomes of it; what the office said takes its place. */
function heldInWords({ code, type, body }: Operation, office: string | null): string {
  const own = `held.${code}.${type}`;
  if (hasWord(own)) {
    const banked = body.type === "closeMeeting" ? body.close.banked : 0;
    return [t(own, { amount: formatMoney(banked) }), office].filter(Boolean).join(" ");
  }
  const because = t(meaning(code, type) ?? "why.unknown");
  return `${because} ${office ?? t("why.held")}`;
}

/** What the office decided or asks, with its note; null while it has said nothing. */
export function officeWord({ status, decision, note, kind }: OfficeWord): string | null {
  // A payment that looks like another is in the books: the officer should know of the doubt.
  if (status === "OPEN") return kind === "REPEAT" ? t("office.repeat") : null;
  const key = `office.${kind === "REPEAT" ? "REPEAT_" : ""}${decision}`;
  const decided = hasWord(key) ? t(key) : t("office.decided");
  const word = status === "SENT_BACK" ? t("office.asks") : decided;
  return note ? `${word} ${t("office.note", { note })}` : word;
}

/** Why the office looks at it. */
export function itemReason({ kind, reason }: Pick<ReviewItem, "kind" | "reason">): string {
  const keys = [`review.why.${reason}`, `why.${reason}`, `review.why.${kind}`];
  return t(keys.find(hasWord) ?? "why.unknown");
}
