/** An application as it is filled in: what is wrong with it, and what is asked of the server. */
import { wrongField } from "@tablebanking/common/loans";
import { fromDecimal, parseMoney, toDecimal } from "@tablebanking/common/money";
import type { ApplyForLoanInput, LoanQuoteQueryVariables, LoanType } from "../../gen/graphql";
import { t } from "../../i18n";
import type { GroupTerms } from "./loans-api";

export type Application = {
  memberId: string;
  loanType: LoanType;
  amount: string;
  durationMonths: string;
  graceMonths: string;
  purpose: string;
  /** Two places, "" where nobody is chosen yet. */
  witnesses: readonly [string, string];
};

export const blankFor = (memberId: string): Application => ({
  memberId,
  loanType: "SHORT_TERM",
  amount: "",
  durationMonths: "3",
  graceMonths: "0",
  purpose: "",
  witnesses: ["", ""],
});

export function rateOf(terms: GroupTerms, loanType: LoanType): string {
  if (loanType === "SHORT_TERM") return terms.shortTermRate;
  return loanType === "LONG_TERM" ? terms.longTermRate : terms.projectRate;
}

const whole = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);
const graceOf = ({ loanType, graceMonths }: Application) =>
  loanType === "PROJECT" ? whole(graceMonths || "0") : 0;

/** The field that keeps a schedule from being made, if any. */
function wrongTerm(values: Application, rate: string) {
  return wrongField({
    loanType: values.loanType,
    amount: parseMoney(values.amount) ?? 0,
    rate: fromDecimal(rate),
    months: whole(values.durationMonths),
    grace: graceOf(values),
  });
}

export function check(values: Application, rate: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!values.memberId) found.memberId = t("apply.memberMissing");
  const wrong = wrongTerm(values, rate);
  if (wrong === "amount") found.amount = t("form.amount");
  if (wrong === "durationMonths") found.durationMonths = t(`apply.months.${values.loanType}`);
  if (wrong === "graceMonths") found.graceMonths = t("apply.graceWrong");
  if (!values.purpose.trim()) found.purpose = t("form.required");
  if (values.witnesses.some((id) => !id)) found.witnesses = t("apply.witnessMissing");
  return found;
}

/** Null until enough is filled in for a schedule. */
export function quoteOf(
  values: Application,
  terms: GroupTerms | null | undefined,
  groupId: string,
): LoanQuoteQueryVariables | null {
  if (!terms || !groupId) return null;
  const interestRate = rateOf(terms, values.loanType);
  if (wrongTerm(values, interestRate)) return null;
  return {
    loanType: values.loanType,
    amount: toDecimal(parseMoney(values.amount) ?? 0),
    interestRate,
    durationMonths: whole(values.durationMonths),
    graceMonths: graceOf(values),
    groupId,
  };
}

/** Null until a member and an amount are there; rules of what is still empty come back too. */
export function inputOf(values: Application): ApplyForLoanInput | null {
  const cents = parseMoney(values.amount);
  const months = whole(values.durationMonths);
  if (!values.memberId || !cents || Number.isNaN(months)) return null;
  return {
    memberId: values.memberId,
    loanType: values.loanType,
    amount: toDecimal(cents),
    durationMonths: months,
    graceMonths: values.loanType === "PROJECT" ? graceOf(values) || 0 : null,
    purpose: values.purpose.trim() || "-",
    witnesses: values.witnesses.filter(Boolean),
  };
}
