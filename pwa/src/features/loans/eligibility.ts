/** Why a member may not have the loan, each reason in words, with what can be done about it. */
import { formatMonth, type IsoDate } from "@tablebanking/common/dates";
import {
  type Failure,
  failuresOf,
  type LoanFacts,
  MONTHS_NEEDED,
} from "@tablebanking/common/eligibility";
import { type Cents, formatKes } from "@tablebanking/common/money";
import type { Key } from "../../i18n";
import type { Line } from "../../operations/kind";

export interface Reason {
  code: Failure["code"];
  text: Line;
  todo: Line;
  /** A way to do it now. */
  link?: { path: string; label: Line };
  /** An amount that would do. */
  amount?: Cents;
}

interface Around {
  memberId: string;
  /** The loan that stands in the way. */
  openLoanId: string | null;
  language: string;
}

export function reasonsOf(facts: LoanFacts, around: Around): Reason[] {
  return failuresOf(facts).map((failure) => reasonOf(failure, facts, around));
}

function reasonOf(failure: Failure, facts: LoanFacts, around: Around): Reason {
  const { code } = failure;
  switch (failure.code) {
    case "NOT_ENOUGH_MONTHS":
      return { code, ...monthsReason(failure, facts, around.language) };
    case "OVER_LIMIT":
      return { code, ...limitReason(failure) };
    case "ID_MISSING":
      return {
        code,
        text: { key: SIDES[failure.sides.join()] ?? "apply.no.ID" },
        todo: { key: "apply.do.ID" },
        link: { path: `/members/${around.memberId}/papers`, label: { key: "apply.toPapers" } },
      };
    case "LOAN_OPEN":
      return {
        code,
        text: { key: "apply.no.OPEN" },
        todo: { key: "apply.do.OPEN" },
        ...(around.openLoanId
          ? { link: { path: `/loans/${around.openLoanId}`, label: { key: "apply.toLoan" } } }
          : {}),
      };
    case "MEMBER_LEFT":
      return { code, text: { key: "why.MEMBER_LEFT" }, todo: { key: "apply.do.LEFT" } };
    case "GROUP_INACTIVE":
      return { code, text: { key: "why.GROUP_INACTIVE" }, todo: { key: "apply.do.GROUP" } };
    case "WITNESS_INVALID":
      return { code, text: { key: "apply.no.WITNESS" }, todo: { key: "apply.do.WITNESS" } };
  }
}

const SIDES: Record<string, Key> = { front: "apply.no.front", back: "apply.no.back" };

type Of<Code extends Failure["code"]> = Extract<Failure, { code: Code }>;

function monthsReason(
  { minimum, missing }: Of<"NOT_ENOUGH_MONTHS">,
  { on }: LoanFacts,
  language: string,
): Pick<Reason, "text" | "todo"> {
  const months = missing.map((month) => formatMonth(month, language));
  const amount = formatKes(Math.max(minimum, 1));
  return {
    text: { key: "apply.no.MONTHS", values: { amount, months: months.join(", ") } },
    todo: {
      key: "apply.do.MONTHS",
      values: { amount, month: formatMonth(earliestMonth(missing, on), language) },
    },
  };
}

/** The first month in which an application can succeed, if the minimum is saved from now on. */
export function earliestMonth(missing: readonly string[], on: IsoDate): string {
  const last = [...missing].sort().at(-1) ?? on.slice(0, 7);
  return monthAfter(last, MONTHS_NEEDED + 1);
}

function monthAfter(month: string, count: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
}

function limitReason({ limit, savings }: Of<"OVER_LIMIT">) {
  if (limit === 0) {
    return {
      text: { key: "apply.no.SAVINGS" },
      todo: { key: "apply.do.SAVINGS" },
    } satisfies Omit<Reason, "code">;
  }
  return {
    text: {
      key: "apply.no.LIMIT",
      values: { limit: formatKes(limit), savings: formatKes(savings) },
    },
    todo: { key: "apply.do.LIMIT" },
    amount: limit,
  } satisfies Omit<Reason, "code">;
}
