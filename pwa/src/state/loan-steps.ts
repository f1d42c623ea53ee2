/** What a loan waits for, and what of it can be done on this phone. */
import { maySignOffline, placeOf } from "@tablebanking/common/approvals";
import type { Member } from "../lib/model";
import type { Loan } from "../records/loans";
import type { Due } from "./loans";

export type Step =
  /** Pictures of the ID card are missing. */
  | "papers"
  /** The officer looks at the ID card. */
  | "verify"
  | "approve"
  /** The chair signs on this phone. */
  | "sign"
  /** Others approve, signed in elsewhere. */
  | "others"
  | "payOut"
  | "repay"
  | "done";

type Borrower = Pick<Member, "idVerified" | "idSides">;

export function nextStep(loan: Loan, member: Borrower | undefined, officerId: string): Step {
  if (loan.status === "APPROVED") return "payOut";
  if (loan.status === "DISBURSED" || loan.status === "WRITTEN_OFF") return "repay";
  if (loan.status !== "PENDING") return "done";
  if (!(member?.idVerified ?? loan.idVerified)) {
    return (member?.idSides.length ?? 0) < 2 ? "papers" : "verify";
  }
  const mine = loan.approvals.some(({ by }) => by.id === officerId);
  if (!mine && placeOf("FIELD_OFFICER", loan.approvalsMissing)) return "approve";
  const chair = loan.approvalsMissing.includes("GROUP_CHAIR");
  return chair && maySignOffline(loan.loanAmount) ? "sign" : "others";
}

export const STAGES = ["mine", "money", "arrears", "waiting", "running", "closed"] as const;
export type Stage = (typeof STAGES)[number];

const MINE: readonly Step[] = ["papers", "verify", "approve"];

export function stageOf(loan: Loan, step: Step, due: Due | null): Stage {
  if (loan.status === "PENDING") return MINE.includes(step) ? "mine" : "waiting";
  if (loan.status === "APPROVED") return "money";
  if (loan.status !== "DISBURSED") return "closed";
  return (due?.daysOverdue ?? 0) > 0 ? "arrears" : "running";
}

export interface Row {
  loan: Loan;
  step: Step;
  due: Due | null;
}

/** By stage; what waits longest, or is overdue longest, comes first. */
export function staged<R extends Row>(rows: readonly R[]): Map<Stage, R[]> {
  const found = new Map<Stage, R[]>(STAGES.map((stage) => [stage, []]));
  for (const row of rows) found.get(stageOf(row.loan, row.step, row.due))?.push(row);
  for (const [stage, list] of found) list.sort(ORDER[stage] ?? oldestFirst);
  return found;
}

const oldestFirst = (a: Row, b: Row) =>
  a.loan.applicationDate.localeCompare(b.loan.applicationDate) ||
  a.loan.id.localeCompare(b.loan.id);

const ORDER: Partial<Record<Stage, (a: Row, b: Row) => number>> = {
  arrears: (a, b) => (b.due?.daysOverdue ?? 0) - (a.due?.daysOverdue ?? 0) || oldestFirst(a, b),
  running: (a, b) =>
    (a.due?.nextDue ?? "9").localeCompare(b.due?.nextDue ?? "9") || oldestFirst(a, b),
  closed: (a, b) => oldestFirst(b, a),
};

export type InstalmentState = "paid" | "part" | "late" | "today" | "coming";

export function stateOfInstalment(
  row: Loan["schedule"][number],
  today: string,
): { state: InstalmentState; left: number } {
  const left = row.principal + row.interest - row.paidPrincipal - row.paidInterest;
  if (left <= 0) return { state: "paid", left: 0 };
  if (row.dueDate < today) return { state: "late", left };
  if (row.dueDate === today) return { state: "today", left };
  return { state: row.paidPrincipal + row.paidInterest > 0 ? "part" : "coming", left };
}
