/** Who must approve a loan or a welfare payout of which size, as app/services/approvals.py. */
import type { Cents } from "./money";

export type ApprovalRole = "FIELD_OFFICER" | "GROUP_CHAIR" | "GROUP_COMMITTEE" | "SYSTEM_ADMIN";

/** Below this (cents) the officer and the chair approve, and the chair may sign offline. */
export const SMALL: Cents = 50_000_00;
/** Above this (cents) an administrator too. */
export const LARGE: Cents = 200_000_00;

/** The approvals that an amount in cents needs, by role, in order. */
export function placesFor(amount: Cents): ApprovalRole[] {
  if (amount < SMALL) return ["FIELD_OFFICER", "GROUP_CHAIR"];
  const places: ApprovalRole[] = ["FIELD_OFFICER", "GROUP_COMMITTEE", "GROUP_COMMITTEE"];
  return amount > LARGE ? [...places, "SYSTEM_ADMIN"] : places;
}

/** Whether a chair may approve it by signing on the officer's phone. */
export function maySignOffline(amount: Cents): boolean {
  return amount < SMALL;
}

/** The places that are still to be filled, in order. */
export function missingPlaces(
  needed: readonly ApprovalRole[],
  filled: readonly ApprovalRole[],
): ApprovalRole[] {
  const left = [...needed];
  for (const role of filled) if (left.includes(role)) left.splice(left.indexOf(role), 1);
  return left;
}

/** The place that somebody of this role fills; null where there is none (any more). */
export function placeOf(role: string, left: readonly ApprovalRole[]): ApprovalRole | null {
  // The chair may be one of the committee.
  const wanted = role === "GROUP_CHAIR" ? ["GROUP_CHAIR", "GROUP_COMMITTEE"] : [role];
  const found = wanted.find((one) => (left as readonly string[]).includes(one));
  return (found as ApprovalRole | undefined) ?? null;
}
