import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes, fromDecimal, parseMoney, sumCents } from "@tablebanking/common/money";
import {
  halfLeft,
  mostToWithdraw,
  securityLeft,
  type WithdrawalFacts,
  yearOf,
} from "@tablebanking/common/withdrawal";
import type { Tone } from "../../components/StatusBadge";
import type {
  ChargeStatus,
  MovementKind,
  PaymentMethod,
  Role,
  WelfareStatus,
  WithdrawalFactsQuery,
} from "../../gen/graphql";
import { t } from "../../i18n";

export const METHODS: readonly PaymentMethod[] = ["CASH", "MPESA", "BANK"];
export const methodOptions = () =>
  METHODS.map((value) => ({ value, label: t(`account.${value}`) }));

/** What the list can be narrowed to. */
export const KINDS: readonly MovementKind[] = [
  "WITHDRAWAL",
  "WELFARE_PAYOUT",
  "PROJECT_SPENDING",
  "EXPENSE",
  "OTHER_INCOME",
  "TO_BANK",
  "FROM_BANK",
  "EXTERNAL_LOAN_RECEIVED",
  "EXTERNAL_LOAN_REPAID",
  "DIVIDEND_PAYOUT",
  "OPENING",
  "REVERSAL",
  "PLACEMENT",
];
/** What `recordMovement` takes. */
export const RECORDED: readonly MovementKind[] = [
  "EXPENSE",
  "OTHER_INCOME",
  "PROJECT_SPENDING",
  "TO_BANK",
  "FROM_BANK",
  "EXTERNAL_LOAN_RECEIVED",
  "EXTERNAL_LOAN_REPAID",
];
export const WELFARE: readonly WelfareStatus[] = ["PENDING", "APPROVED", "PAID", "REJECTED"];
export const WELFARE_TONES: Record<WelfareStatus, Tone> = {
  PENDING: "waiting",
  APPROVED: "office",
  PAID: "good",
  REJECTED: "quiet",
};
export const FINES: readonly ChargeStatus[] = ["OPEN", "SETTLED", "WAIVED"];
export const FINE_TONES: Record<ChargeStatus, Tone> = {
  OPEN: "waiting",
  SETTLED: "good",
  WAIVED: "quiet",
};

export const mayRecord = (role?: Role) => role === "SYSTEM_ADMIN" || role === "FIELD_OFFICER";
export const kes = (decimal: string) => formatKes(fromDecimal(decimal));
export const typedKes = (typed: string) => formatKes(parseMoney(typed) ?? 0);
export const codeOf = (method: PaymentMethod, typed: string) =>
  method === "CASH" ? null : typed.trim().toUpperCase() || null;

/** What may be taken out this year, and why not more. Null: too much history to know here. */
export function withdrawalRoom({ member, movements }: WithdrawalFactsQuery) {
  if (!member) return null;
  const year = todayInNairobi().slice(0, 4);
  const facts: WithdrawalFacts = {
    savings: fromDecimal(member.savingsSummary.regular),
    owed: sumCents(
      member.loans
        .filter(({ status }) => status === "DISBURSED")
        .map(({ outstandingPrincipal }) => fromDecimal(outstandingPrincipal)),
    ),
    withdrawn: sumCents(
      movements.edges
        .filter(({ node }) => node.movementDate.startsWith(year) && !node.isReversed)
        .map(({ node }) => fromDecimal(node.amount)),
    ),
  };
  return {
    savings: facts.savings,
    most: mostToWithdraw(facts),
    half: halfLeft(yearOf(facts)),
    security: securityLeft(facts.savings, facts.owed),
  };
}
