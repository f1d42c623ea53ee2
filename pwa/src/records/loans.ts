/** Loans, from the application to the last instalment. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type { Instalment } from "@tablebanking/common/running-loan";
import type { LoanCopyFragment, LoanStatus, LoanType, Role } from "../gen/graphql";
import { type GroupTerms, hundredths } from "./groups";
import { recordKind } from "./kind";

export interface Approval {
  role: Role;
  notes: string | null;
  decidedAt: string;
  onOfficersDevice: boolean;
  by: { id: string; name: string };
}

export interface Loan {
  id: string;
  groupId: string;
  memberId: string;
  loanType: LoanType;
  loanAmount: Cents;
  /** Hundredths of a percent: of the whole loan for SHORT_TERM, a year for the others. */
  interestRate: number;
  fee: Cents;
  durationMonths: number;
  graceMonths: number;
  purpose: string;
  status: LoanStatus;
  applicationDate: IsoDate;
  approvedDate: IsoDate | null;
  disbursedOn: IsoDate | null;
  completedOn: IsoDate | null;
  rejectedReason: string | null;
  writeOffReason: string | null;
  idVerified: boolean;
  witnesses: { id: string; memberName: string }[];
  approvals: Approval[];
  approvalsMissing: Role[];
  /** Before the disbursement: as it would be if it were paid out on the day of the copy. */
  schedule: Instalment[];
  totalInterest: Cents;
  totalRepayable: Cents;
  /** Hundredths of a percent. */
  annualPercentageRate: number;
  outstandingPrincipal: Cents;
  outstandingInterest: Cents;
  outstandingFines: Cents;
  /** The group's terms on the day of the application, which the loan keeps. */
  terms: Pick<GroupTerms, "lateFine" | "graceDays" | "earlyDays">;
  accruedOn: IsoDate | null;
  accruedInterest: Cents;
  /** Repayments recorded here that the copy does not know yet. None in a stored copy. */
  paidHere: { amount: Cents; date: IsoDate }[];
}

export const loans = recordKind({
  store: "records",
  groupId: (loan: Loan) => loan.groupId,
  refs: (loan: Loan) => [loan.memberId],
  fromNode: ({ group, member, repaymentSchedule, terms, ...node }: LoanCopyFragment): Loan => ({
    ...node,
    groupId: group.id,
    memberId: member.id,
    loanAmount: fromDecimal(node.loanAmount),
    interestRate: hundredths(node.interestRate),
    fee: fromDecimal(node.fee),
    approvals: node.approvals.map(({ approvedBy, ...approval }) => ({
      ...approval,
      by: approvedBy,
    })),
    schedule: repaymentSchedule.map((row) => ({
      number: row.number,
      dueDate: row.dueDate,
      principal: fromDecimal(row.principal),
      interest: fromDecimal(row.interest),
      remaining: fromDecimal(row.remainingBalance),
      paidPrincipal: fromDecimal(row.paidPrincipal),
      paidInterest: fromDecimal(row.paidInterest),
    })),
    totalInterest: fromDecimal(node.totalInterest),
    totalRepayable: fromDecimal(node.totalRepayable),
    annualPercentageRate: hundredths(node.annualPercentageRate),
    outstandingPrincipal: fromDecimal(node.outstandingPrincipal),
    outstandingInterest: fromDecimal(node.outstandingInterest),
    outstandingFines: fromDecimal(node.outstandingFines),
    terms: { ...terms, lateFine: fromDecimal(terms.lateFine) },
    accruedInterest: fromDecimal(node.accruedInterest),
    paidHere: [],
  }),
});
