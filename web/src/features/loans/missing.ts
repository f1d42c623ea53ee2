/** What a loan waits for, in words; and its state as a badge says it. */
import type { Tone } from "../../components/StatusBadge";
import type { LoanRowFragment, LoanStatus, Role } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";

type Asked = Pick<
  LoanRowFragment,
  "status" | "idVerified" | "approvalsMissing" | "daysOverdue" | "nextDueDate" | "completedOn"
>;

/** "the chair, 2 of the committee". */
export function rolesText(roles: readonly Role[]): string {
  const count = (role: Role) => roles.filter((one) => one === role).length;
  const order = ["FIELD_OFFICER", "GROUP_CHAIR", "GROUP_COMMITTEE", "SYSTEM_ADMIN"] as const;
  return order
    .filter((role) => count(role) > 0)
    .map((role) => t(`loanNeeds.${role}`, { count: count(role) }))
    .join(", ");
}

/** One line: what must happen next, or what became of it. */
export function missingText(loan: Asked): string {
  if (loan.status === "APPROVED") return t("loans.waitsForMoney");
  if (loan.status === "PENDING") {
    const papers = loan.idVerified ? [] : [t("loans.idCheck")];
    const who = [...papers, rolesText(loan.approvalsMissing)].join(", ");
    return t("loans.waitsFor", { who });
  }
  if (loan.status !== "DISBURSED") return t(`loanStatus.${loan.status}`);
  if (loan.daysOverdue > 0) return t("loans.late", { count: loan.daysOverdue });
  return loan.nextDueDate ? t("loans.nextOn", { date: plainDate(loan.nextDueDate) }) : "";
}

const TONES: Record<LoanStatus, Tone> = {
  PENDING: "waiting",
  APPROVED: "office",
  DISBURSED: "good",
  COMPLETED: "quiet",
  REJECTED: "quiet",
  WRITTEN_OFF: "wrong",
};

export function stateOf(loan: Pick<Asked, "status" | "daysOverdue">): { tone: Tone; text: string } {
  if (loan.status === "DISBURSED" && loan.daysOverdue > 0) {
    return { tone: "wrong", text: t("loans.overdue") };
  }
  return { tone: TONES[loan.status], text: t(`loanStatus.${loan.status}`) };
}
