/**
 * Whether a member may have a loan, as app/services/loan_eligibility.py: every rule that fails,
 * at once, in the server's order and with its codes. Money in cents; months are "2026-11".
 */
import type { IsoDate } from "./dates";
import type { Cents } from "./money";

/** Calendar months before the application's that need the minimum saving. */
export const MONTHS_NEEDED = 3;
export const WITNESSES_NEEDED = 2;
/** A loan is at most so many times the regular savings (app/services/savings.py). */
export const LOAN_MULTIPLE = 3;

export interface LoanFacts {
  amount: Cents;
  /** The day of the application. */
  on: IsoDate;
  isActive: boolean;
  groupActive: boolean;
  minimumSaving: Cents;
  /** Regular savings by calendar month, reversed ones left out. */
  paidByMonth: Readonly<Record<string, Cents>>;
  regularSavings: Cents;
  /** Loans that are pending, approved or paid out. */
  openLoans: number;
  /** The ids as they were named, repetitions too. */
  witnesses: readonly string[];
  /** Another active member of the same group. */
  mayWitness: (id: string) => boolean;
  hasIdFront: boolean;
  hasIdBack: boolean;
  /** Whether the documents that were named are the member's own. */
  ownDocuments?: boolean;
}

/** What the sentence about a rule needs to say. */
export type Failure =
  | { code: "MEMBER_LEFT" | "GROUP_INACTIVE" | "LOAN_OPEN"; field: "memberId" }
  | { code: "NOT_ENOUGH_MONTHS"; field: "memberId"; minimum: Cents; missing: string[] }
  | { code: "OVER_LIMIT"; field: "amount"; limit: Cents; savings: Cents }
  | { code: "WITNESS_INVALID"; field: "witnesses" }
  | { code: "ID_MISSING"; field: "idDocuments"; sides: ("front" | "back")[] };

/** Every rule that the application fails; empty when it may go on. */
export function failuresOf(facts: LoanFacts): Failure[] {
  const checks = [
    facts.isActive ? null : ({ code: "MEMBER_LEFT", field: "memberId" } as const),
    facts.groupActive ? null : ({ code: "GROUP_INACTIVE", field: "memberId" } as const),
    monthsFailure(facts),
    limitFailure(facts),
    facts.openLoans ? ({ code: "LOAN_OPEN", field: "memberId" } as const) : null,
    witnessFailure(facts),
    identityFailure(facts),
  ];
  return checks.filter((failure) => failure !== null);
}

/** The three calendar months before the application's, oldest first. */
export function monthsNeeded(on: IsoDate): string[] {
  const first = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 - MONTHS_NEEDED;
  return Array.from({ length: MONTHS_NEEDED }, (_, i) => {
    const year = String(Math.floor((first + i) / 12)).padStart(4, "0");
    return `${year}-${String(((first + i) % 12) + 1).padStart(2, "0")}`;
  });
}

/** The most that a member may borrow. */
export function maxLoan(regularSavings: Cents): Cents {
  return Math.max(0, regularSavings) * LOAN_MULTIPLE;
}

function monthsFailure({ minimumSaving, paidByMonth, on }: LoanFacts): Failure | null {
  const wanted = Math.max(minimumSaving, 1);
  const missing = monthsNeeded(on).filter((month) => (paidByMonth[month] ?? 0) < wanted);
  if (!missing.length) return null;
  return { code: "NOT_ENOUGH_MONTHS", field: "memberId", minimum: minimumSaving, missing };
}

function limitFailure({ amount, regularSavings }: LoanFacts): Failure | null {
  const limit = maxLoan(regularSavings);
  if (amount <= limit) return null;
  return { code: "OVER_LIMIT", field: "amount", limit, savings: Math.max(0, regularSavings) };
}

function witnessFailure({ witnesses, mayWitness }: LoanFacts): Failure | null {
  const right = new Set(witnesses).size === WITNESSES_NEEDED && witnesses.every(mayWitness);
  if (right && witnesses.length === WITNESSES_NEEDED) return null;
  return { code: "WITNESS_INVALID", field: "witnesses" };
}

function identityFailure(facts: LoanFacts): Failure | null {
  const { hasIdFront, hasIdBack, ownDocuments = true } = facts;
  if (hasIdFront && hasIdBack && ownDocuments) return null;
  const sides: ("front" | "back")[] = [];
  if (!hasIdFront) sides.push("front");
  if (!hasIdBack) sides.push("back");
  return { code: "ID_MISSING", field: "idDocuments", sides };
}
