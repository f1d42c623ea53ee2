/** The size of a loan as it is typed: what it says, and what is wrong with it beside the field. */
import { type LoanType, MONTHS, wrongField } from "@tablebanking/common/loans";
import { type Cents, parseMoney } from "@tablebanking/common/money";
import type { Key } from "../../i18n";

export interface TermsValues {
  loanType: LoanType;
  amount: string;
  months: string;
  grace: string;
}

export interface Terms {
  loanType: LoanType;
  amount: Cents;
  durationMonths: number;
  graceMonths: number;
}

export type TermsErrors = Partial<Record<"amount" | "months" | "grace", Key>>;

export const BLANK_TERMS: TermsValues = {
  loanType: "SHORT_TERM",
  amount: "",
  months: "3",
  grace: "0",
};

const USUAL_MONTHS: Record<LoanType, string> = { SHORT_TERM: "3", LONG_TERM: "12", PROJECT: "12" };

export function isLoanType(text: string | null): text is LoanType {
  return text !== null && Object.hasOwn(MONTHS, text);
}

/** Another type keeps the months where it knows them. */
export function withType(values: TermsValues, loanType: LoanType): TermsValues {
  const [least, most] = MONTHS[loanType];
  const months = whole(values.months);
  const fits = months >= least && months <= most;
  return { ...values, loanType, months: fits ? values.months : USUAL_MONTHS[loanType] };
}

export function readTerms(values: TermsValues): { terms: Terms | null; errors: TermsErrors } {
  const { loanType } = values;
  const terms: Terms = {
    loanType,
    amount: parseMoney(values.amount) ?? 0,
    durationMonths: whole(values.months),
    graceMonths: loanType === "PROJECT" ? whole(values.grace || "0") : 0,
  };
  const errors = errorsOf(terms);
  return { terms: Object.keys(errors).length === 0 ? terms : null, errors };
}

function errorsOf({ loanType, amount, durationMonths: months, graceMonths: grace }: Terms) {
  const errors: TermsErrors = {};
  const right = { loanType, amount: 100, rate: 0, months: MONTHS[loanType][0] };
  if (wrongField({ ...right, amount })) errors.amount = "edit.amountWrong";
  if (wrongField({ ...right, months })) errors.months = `loan.monthsWrong.${loanType}`;
  else if (wrongField({ ...right, months, grace })) errors.grace = "loan.graceWrong";
  return errors;
}

const whole = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** The same in the address of the application, so that nothing is typed twice. */
export function termsQuery(values: TermsValues): string {
  const { loanType: type, amount, months, grace } = values;
  return new URLSearchParams({ type, amount, months, grace }).toString();
}

export function termsFromQuery(query: URLSearchParams): TermsValues {
  const type = query.get("type");
  return {
    loanType: isLoanType(type) ? type : BLANK_TERMS.loanType,
    amount: query.get("amount") ?? BLANK_TERMS.amount,
    months: query.get("months") ?? BLANK_TERMS.months,
    grace: query.get("grace") ?? BLANK_TERMS.grace,
  };
}
