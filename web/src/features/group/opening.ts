/** A paper book as it is taken over: its two sides, what is wrong with it, and what is sent. Pure. */
import { wrongField } from "@tablebanking/common/loans";
import { type Cents, formatKes, parseMoney, sumCents, toDecimal } from "@tablebanking/common/money";
import type { LoanType, RecordOpeningInput } from "../../gen/graphql";
import { t } from "../../i18n";

export const MONEY = ["cash", "bank", "mpesa"] as const;
export const FUNDS = ["welfareFund", "projectFund", "externalLoans"] as const;

export type OpeningLoan = {
  memberId: string;
  loanType: LoanType;
  principal: string;
  monthsLeft: string;
  /** "" for the group's. */
  interestRate: string;
  graceMonths: string;
};

export type Opening = Record<(typeof MONEY)[number] | (typeof FUNDS)[number], string> & {
  date: string;
  /** By the member's id. */
  savings: Readonly<Record<string, string>>;
  loans: readonly OpeningLoan[];
  /** What the group earned before, by its own paper; may be negative. */
  surplus: string;
  note: string;
};

export const blankOpening = (date: string): Opening => ({
  date,
  cash: "",
  bank: "",
  mpesa: "",
  savings: {},
  welfareFund: "",
  projectFund: "",
  externalLoans: "",
  loans: [],
  surplus: "",
  note: "",
});

export const blankLoan: OpeningLoan = {
  memberId: "",
  loanType: "SHORT_TERM",
  principal: "",
  monthsLeft: "3",
  interestRate: "",
  graceMonths: "",
};

/** An empty field is nothing; null is no amount. */
const cents = (text: string): Cents | null => (text.trim() === "" ? 0 : parseMoney(text));
const sum = (texts: readonly string[]) => sumCents(texts.map((text) => cents(text) ?? 0));

/** With a minus before it where the group has lost. */
export function signedCents(text: string): Cents | null {
  const bare = text.trim();
  const lost = /^[-\u2212]/.test(bare);
  const found = cents(lost ? bare.slice(1) : bare);
  return found === null ? null : lost ? 0 - found : found;
}

export type Sides = {
  money: Cents;
  loans: Cents;
  savings: Cents;
  funds: Cents;
  surplus: Cents;
  /** What the group has, and whose it is by what was filled in. */
  has: Cents;
  whose: Cents;
  /** What the surplus has to be for both to be equal. */
  rest: Cents;
};

export function sidesOf(values: Opening): Sides {
  const money = sum(MONEY.map((name) => values[name]));
  const loans = sum(values.loans.map(({ principal }) => principal));
  const savings = sum(Object.values(values.savings));
  const funds = sum(FUNDS.map((name) => values[name]));
  const surplus = signedCents(values.surplus) ?? 0;
  const has = money + loans;
  const rest = has - savings - funds;
  return { money, loans, savings, funds, surplus, has, whose: savings + funds + surplus, rest };
}

export function check(values: Opening): Record<string, string> {
  const found: Record<string, string> = {};
  if (!values.date) found.date = t("form.required");
  for (const name of [...MONEY, ...FUNDS]) {
    if (cents(values[name]) === null) found[name] = t("form.amount");
  }
  for (const [id, amount] of Object.entries(values.savings)) {
    if (cents(amount) === null) found[`savings.${id}`] = t("form.amount");
  }
  for (const [number, loan] of values.loans.entries()) {
    Object.assign(found, loanErrors(loan, number, values.loans));
  }
  if (signedCents(values.surplus) === null) found.surplus = t("form.amount");
  if (Object.keys(found).length > 0) return found;
  const { has, whose } = sidesOf(values);
  if (has === 0 && whose === 0) return { cash: t("opening.nothing") };
  if (has !== whose) {
    return { surplus: t("opening.differs", { amount: formatKes(Math.abs(has - whose)) }) };
  }
  return found;
}

const whole = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);

function loanErrors(
  loan: OpeningLoan,
  number: number,
  all: readonly OpeningLoan[],
): Record<string, string> {
  const at = `loans.${number}`;
  const found: Record<string, string> = {};
  if (!loan.memberId) found[`${at}.memberId`] = t("picker.chooseMember");
  else if (all.findIndex(({ memberId }) => memberId === loan.memberId) < number) {
    found[`${at}.memberId`] = t("opening.oneLoan");
  }
  const rate = loan.interestRate.trim() === "" ? 0 : parseMoney(loan.interestRate);
  if (rate === null) found[`${at}.interestRate`] = t("terms.wrong");
  const wrong = wrongField({
    loanType: loan.loanType,
    amount: parseMoney(loan.principal) ?? 0,
    rate: rate ?? 0,
    months: whole(loan.monthsLeft),
    grace: loan.loanType === "PROJECT" ? whole(loan.graceMonths || "0") : 0,
  });
  if (wrong === "amount") found[`${at}.principal`] = t("form.amount");
  if (wrong === "durationMonths") found[`${at}.monthsLeft`] = t(`apply.months.${loan.loanType}`);
  if (wrong === "graceMonths") found[`${at}.graceMonths`] = t("apply.graceWrong");
  if (wrong === "interestRate") found[`${at}.interestRate`] = t("terms.wrong");
  return found;
}

/** What is sent: the server finds the surplus itself, as what is left of the two sides. */
export function toInput(
  values: Opening,
  groupId: string,
  offlineSyncId: string,
): RecordOpeningInput {
  const decimal = (text: string) => toDecimal(cents(text) ?? 0);
  return {
    groupId,
    offlineSyncId,
    date: values.date,
    ...Object.fromEntries([...MONEY, ...FUNDS].map((name) => [name, decimal(values[name])])),
    savings: Object.entries(values.savings)
      .filter(([, amount]) => (cents(amount) ?? 0) > 0)
      .map(([memberId, amount]) => ({ memberId, amount: decimal(amount) })),
    loans: values.loans.map((loan) => ({
      memberId: loan.memberId,
      loanType: loan.loanType,
      principal: decimal(loan.principal),
      monthsLeft: whole(loan.monthsLeft),
      interestRate: loan.interestRate.trim() === "" ? null : decimal(loan.interestRate),
      graceMonths: loan.loanType === "PROJECT" ? whole(loan.graceMonths || "0") : null,
    })),
    note: values.note.trim() || null,
  };
}
