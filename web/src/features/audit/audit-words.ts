/** What the log's lines say, in words. Ids stay out of sight: they lead to records, not to readers. */
import { formatKes } from "@tablebanking/common/money";
import { hasWord, label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import type { AuditFilter, AuditLine } from "./audit-api";

/** In cents in the log. */
const AMOUNTS = [
  "amount",
  "principal",
  "fee",
  "counted",
  "expected",
  "variance",
  "brought",
  "distributable",
  "payout",
] as const;

export const actionText = (action: string) => label("audited", action.replaceAll(".", "_"));

/** "Amount KES 22,500.00 · Reason …"; a receipt number as it is; "" where there is nothing to say. */
export function detailText({ detail }: Pick<AuditLine, "detail">): string {
  const found = parsed(detail);
  if (typeof found === "string") return found;
  if (Array.isArray(found)) return t("audit.fields", { names: found.map(fieldText).join(", ") });
  const parts = AMOUNTS.flatMap((name) => {
    const cents = found[name];
    if (typeof cents !== "number" || (cents === 0 && name !== "counted" && name !== "expected")) {
      return [];
    }
    return [t("audit.part", { name: t(`audit.${name}`), value: formatKes(cents) })];
  });
  return [...parts, ...others(found)].join(" · ");
}

function others(found: Record<string, unknown>): string[] {
  const { role, reason, fields, office, meetingDate, year, month, setting, address } = found;
  const said: string[] = [];
  const say = (name: string, value: string) => said.push(t("audit.part", { name, value }));
  if (typeof role === "string") say(t("audit.role"), label("role", role));
  if (Array.isArray(role)) {
    say(t("audit.role"), role.map((one) => label("role", String(one))).join(" → "));
  }
  if (typeof office === "string") say(t("audit.office"), label("office", office));
  if (Array.isArray(fields))
    said.push(t("audit.fields", { names: fields.map(fieldText).join(", ") }));
  if (typeof setting === "string") {
    say(fieldText(setting), `${plain(found.before)} → ${plain(found.after)}`);
  }
  if (typeof reason === "string" && reason) say(t("audit.reason"), reasonText(reason));
  if (typeof meetingDate === "string") said.push(plainDate(meetingDate));
  if (typeof year === "number") {
    said.push(
      typeof month === "number" ? `${String(month).padStart(2, "0")}/${year}` : String(year),
    );
  }
  if (typeof address === "string" && address) say(t("audit.address"), address);
  return said;
}

const plain = (value: unknown) => (value === null || value === undefined ? "—" : String(value));

function reasonText(reason: string): string {
  const key = `rights.reason.${reason}`;
  return hasWord(key) ? t(key) : reason;
}

/** "meetingVenue" → "meeting venue": the register's own names, readable. */
function fieldText(name: unknown): string {
  return String(name)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

function parsed(detail: string): string | unknown[] | Record<string, unknown> {
  if (!/^[[{]/.test(detail)) return detail;
  try {
    return JSON.parse(detail);
  } catch {
    return detail;
  }
}

export type AuditValues = Record<"group" | "person" | "action" | "from" | "to" | "record", string>;

/** Whole days in Kenya; the server leaves the end out. */
export function toQuery(values: AuditValues): AuditFilter {
  return {
    groupId: values.group || null,
    actorId: values.person || null,
    entityId: values.record || null,
    action: values.action || null,
    from: values.from ? `${values.from}T00:00:00+03:00` : null,
    to: values.to ? dayAfter(values.to) : null,
  };
}

function dayAfter(day: string): string {
  const start = Date.parse(`${day}T00:00:00+03:00`);
  return Number.isNaN(start) ? "" : new Date(start + 86_400_000).toISOString();
}

/** All that the server writes, by what it is about. */
export const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  money: [
    "contribution.recorded",
    "contribution.held",
    "savings.withdrawn",
    "withdrawal.held",
    "movement.recorded",
    "movement.held",
    "entry.reversed",
    "books.opened",
    "fine.charged",
    "fines.charged",
    "fines.missed_savings",
    "fine.waived",
    "review.decided",
  ],
  loans: [
    "loan.applied",
    "loan.approved",
    "loan.rejected",
    "loan.disbursed",
    "loan.disbursement_held",
    "repayment.recorded",
    "repayment.held",
    "loan.written_off",
  ],
  welfare: [
    "welfare.requested",
    "welfare.approved",
    "welfare.rejected",
    "welfare.paid",
    "welfare.payout_held",
  ],
  dividends: [
    "dividends.asked",
    "dividends.asked_again",
    "dividends.calculated",
    "dividends.decided",
    "dividends.paid",
    "dividends.payout_held",
    "dividends.reversed",
  ],
  meetings: [
    "meeting.opened",
    "meeting.attendance",
    "meeting.closed",
    "meeting.confirmed",
    "meeting.banking_held",
    "signature.disputed",
  ],
  months: [
    "statement.entered",
    "statement.imported",
    "statement.matched",
    "line.booked",
    "line.matched",
    "line.unmatched",
    "month.signed",
    "month.reopened",
  ],
  groups: [
    "group.created",
    "group.changed",
    "settings.changed",
    "official.assigned",
    "official.removed",
  ],
  members: [
    "member.registered",
    "member.changed",
    "member.messages_set",
    "identity.verified",
    "identity.reset",
    "document.added",
    "member.exported",
    "member.erased",
    "text.redacted",
  ],
  people: [
    "user_invited",
    "user_created",
    "user_changed",
    "user_deactivated",
    "user_reactivated",
    "officer_assigned",
    "officer_unassigned",
    "password_reset",
    "password_set",
    "invitation_accepted",
    "code_failed",
    "login",
    "login_failed",
    "session_revoked",
    "device_revoked",
    "device_restored",
    "sessions_revoked",
    "key.enrolled",
    "key.withdrawn",
    "message.resent",
    "message.dismissed",
  ],
};

/** Where the record of a line is shown. */
export function recordAddress({ action, entityId }: AuditLine): string | null {
  if (!entityId) return null;
  if (/^(user_|officer_|password_|invitation_|code_|sessions_)/.test(action)) {
    return `/people?person=${entityId}`;
  }
  if (/^loan\./.test(action)) return `/loans/${entityId}`;
  if (/^(member|identity)\./.test(action)) return `/members/${entityId}`;
  return null;
}
