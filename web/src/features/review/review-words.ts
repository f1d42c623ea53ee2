/** What an item says of itself, and what may be decided about it. */
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import type { KeyValue } from "../../components/KeyValues";
import type { Tone } from "../../components/StatusBadge";
import type { ReviewAction, ReviewKind, ReviewStatus } from "../../gen/graphql";
import { hasWord, label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { failureText } from "../../lib/error-text";
import type { ReviewDetail, ReviewRow } from "./review-api";

export const KINDS: readonly ReviewKind[] = [
  "HELD_CASH",
  "VARIANCE",
  "REPEAT",
  "CONFLICT",
  "DISPUTE",
  "MEETING",
];
export const STATUSES: readonly ReviewStatus[] = ["OPEN", "SENT_BACK", "DECIDED"];
export const TONES: Record<ReviewStatus, Tone> = {
  OPEN: "waiting",
  SENT_BACK: "office",
  DECIDED: "good",
};

const ACTIONS: Record<ReviewKind, readonly ReviewAction[]> = {
  HELD_CASH: [
    "ACCEPT",
    "PLACE_TO_MEMBER",
    "PLACE_TO_LOAN",
    "PLACE_TO_FUND",
    "REVERSE",
    "SEND_BACK",
  ],
  VARIANCE: ["ACCEPT", "PLACE_TO_MEMBER", "PLACE_TO_FUND", "REVERSE", "SEND_BACK"],
  REPEAT: ["ACCEPT", "REVERSE", "SEND_BACK"],
  CONFLICT: ["ACCEPT", "DISMISS", "SEND_BACK"],
  DISPUTE: ["ACCEPT", "DISMISS"],
  MEETING: ["ACCEPT", "SEND_BACK"],
};
const MONEY_ONLY: readonly ReviewAction[] = ["PLACE_TO_MEMBER", "PLACE_TO_FUND", "REVERSE"];

/** What the server takes for this item: where no money differs, none can be placed. */
export function actionsOf({ kind, direction }: Pick<ReviewRow, "kind" | "direction">) {
  return ACTIONS[kind].filter((action) => direction !== null || !MONEY_ONLY.includes(action));
}

/** The words on the button. */
export function actionTitle({ kind }: Pick<ReviewRow, "kind">, action: ReviewAction): string {
  const special = action === "ACCEPT" || action === "DISMISS" || action === "REVERSE";
  return special ? label(`review.action.${action}`, kind) : label("review.action", action);
}

/** Accepting means something else for each kind; what it means for money depends on its way. */
export function actionEffect(item: Pick<ReviewRow, "kind" | "direction">, action: ReviewAction) {
  const way = item.direction === "CASH_OUT" ? "out" : "in";
  const keys = [
    `review.effect.${action}.${item.kind}.${way}`,
    `review.effect.${action}.${item.kind}`,
    `review.effect.${action}.${way}`,
    `review.effect.${action}`,
  ];
  const key = keys.find(hasWord);
  return key && hasWord(key) ? t(key) : "";
}

export const IN_ACCOUNTS = [
  "WELFARE_FUND",
  "PROJECT_FUND",
  "EXTERNAL_LOANS",
  "OTHER_INCOME",
  "FINES",
  "REGISTRATION_FEES",
  "APPRECIATION_FEES",
] as const;
export const OUT_ACCOUNTS = [
  "WELFARE_FUND",
  "PROJECT_FUND",
  "EXTERNAL_LOANS",
  "OPERATING_EXPENSES",
] as const;

/** "Held money" with its way: money that was taken, or money that was handed out. */
export function kindText({ kind, direction }: Pick<ReviewRow, "kind" | "direction">): string {
  const key = `review.kind.${kind}.${direction === "CASH_OUT" ? "out" : "in"}`;
  return hasWord(key) && direction ? t(key) : label("review.kind", kind);
}

/** Why it is here: the story of its kind, and the rule that stood against it. */
export function whyText({ kind, reason, message }: ReviewRow): string {
  const own = `review.why.${reason}`;
  if (hasWord(own)) return t(own);
  if (kind === "CONFLICT" || kind === "DISPUTE" || kind === "REPEAT") {
    return t(`review.why.${kind}`);
  }
  return failureText({ code: reason, message });
}

export const kes = (decimal: string) => formatKes(fromDecimal(decimal));

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const asDate = (value: unknown) => {
  const date = text(value);
  return date ? plainDate(date.slice(0, 10)) : null;
};
const asMoney = (value: unknown) => {
  const amount = text(value);
  return amount ? kes(amount) : null;
};
const named = (family: string, value: unknown) => {
  const code = text(value);
  return code ? label(family, code) : null;
};

/** What the phone claimed, by the names that people use. Bare ids say nothing and are left out. */
export function claimFacts(item: ReviewDetail): KeyValue[] {
  const claim = item.claim as Record<string, unknown>;
  const day =
    claim.contributionDate ??
    claim.paymentDate ??
    claim.movementDate ??
    claim.disbursementDate ??
    claim.meetingDate ??
    claim.date;
  return [
    { name: t("review.claim.what"), value: named("review.operation", claim.operation) },
    { name: t("picker.member"), value: claimedMember(item, claim) },
    { name: t("review.claim.for"), value: named("kind", claim.contributionType) },
    { name: t("review.claim.for"), value: named("movement", claim.movement) },
    { name: t("review.claim.amount"), value: asMoney(claim.amount), figure: true },
    { name: t("review.claim.counted"), value: asMoney(claim.counted), figure: true },
    { name: t("review.claim.expected"), value: asMoney(claim.expected), figure: true },
    { name: t("review.claim.shown"), value: asMoney(claim.claimedExpected), figure: true },
    { name: t("review.claim.how"), value: named("account", claim.paymentMethod) },
    { name: t("review.claim.code"), value: text(claim.transactionId) },
    { name: t("review.claim.day"), value: asDate(day) },
    { name: t("review.claim.attendance"), value: claim.attendanceDiffers ? t("common.yes") : null },
  ];
}

function claimedMember({ member }: ReviewDetail, claim: Record<string, unknown>): string | null {
  if (member) return member.memberName;
  return claim.memberId ? t("review.claim.unknownMember") : null;
}
