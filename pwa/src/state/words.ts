/** An operation in words, and why it is where it is. */
import { formatMoment } from "@tablebanking/common/dates";
import { hasWord, t } from "../i18n";
import type { OfficeWord, Operation } from "../lib/model";
import { kindOf } from "../operations";
import type { ReviewItem } from "../records/reviewItems";
import { needsOfficer } from "../sync/outbox";
import { usePrefs } from "./prefs";

export function describe({ body }: Pick<Operation, "body">): string {
  const line = kindOf(body.type)?.words?.(body);
  if (!line) return "";
  const values = Object.entries(line.values ?? {}).map(([name, value]) => [
    name,
    typeof value === "object" ? t(value.key) : value,
  ]);
  return t(line.key, Object.fromEntries(values) as Record<string, string | number>);
}

export const groupNameOf = ({ body }: Pick<Operation, "body">) =>
  "groupName" in body ? body.groupName : "";

/** Codes that mean the same to an officer as another one. */
const SAME: Record<string, string> = { UNKNOWN_GROUP: "NOT_FOUND" };

/** A rule that stood against it, said in full; any unknown one shows the server's own words. */
function ruleInWords(code: string | null, message: string): string {
  const key = `why.${SAME[code ?? ""] ?? code}`;
  return hasWord(key) ? t(key) : t("why.rejected", { message });
}

/** `behind` is what it waits for in the end, if anything. */
export function reasonFor(operation: Operation, behind: Operation | null): string | null {
  const { status, code, outcome } = operation;
  const office = operation.outcome?.office ? officeWord(operation.outcome.office) : null;
  switch (status) {
    case "waiting":
      if (behind) return waitsFor(behind);
      return inOtherHands(operation) ?? (operation.uncertain ? t("why.uncertain") : null);
    case "held":
      return [office ?? t("why.held"), heldBecause(code)].filter(Boolean).join(" ");
    case "conflict":
      return office ?? t("why.conflict");
    case "failed":
      return t("why.failed");
    case "rejected": {
      const rules = outcome?.details.length
        ? outcome.details
        : [{ code, message: outcome?.message ?? code ?? "" }];
      return rules.map((rule) => ruleInWords(rule.code, rule.message)).join(" ");
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

function waitsFor(behind: Operation): string {
  if (!needsOfficer(behind)) return t("why.after", { what: describe(behind) });
  if (behind.type === "registerMember") return t("why.behind");
  return t("why.behindOther", { what: describe(behind) });
}

function heldBecause(code: string | null): string | null {
  const key = `why.${code}`;
  return hasWord(key) ? t(key) : null;
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
export function itemReason({ kind, reason, message }: ReviewItem): string {
  const key = kind === "HELD_CASH" ? `why.${reason}` : `review.why.${kind}`;
  return hasWord(key) ? t(key) : message;
}
