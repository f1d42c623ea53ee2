/**
 * Money is an integer of cents everywhere. Text is the only other form, and no
 * floating-point arithmetic stands between the two: the digits are read as digits.
 */
export type Cents = number;

/** The API takes at most 12 digits, two of them after the point. */
export const MAX_CENTS: Cents = 999_999_999_999;

const AMOUNT = /^(\d+)(?:\.(\d{1,2}))?$/;

/** Reads what a person typed ("1,500", "1500.5", "KES 20"). Null if it is no amount. */
export function parseMoney(text: string): Cents | null {
  const bare = text
    .trim()
    .replace(/^kes\s*/i, "")
    .replace(/[\s,]/g, "");
  const match = AMOUNT.exec(bare);
  if (!match) return null;
  const whole = match[1]?.replace(/^0+(?=\d)/, "") ?? "";
  if (whole.length > 10) return null;
  return Number(whole) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** Reads the API's Money scalar. Throws: a server that breaks the contract must not pass. */
export function fromDecimal(decimal: string): Cents {
  const negative = decimal.startsWith("-");
  const match = /^(\d+)\.(\d{2})$/.exec(negative ? decimal.slice(1) : decimal);
  const cents = match ? Number(match[1]) * 100 + Number(match[2]) : Number.NaN;
  if (!Number.isSafeInteger(cents)) throw new Error(`not an amount of money: ${decimal}`);
  return negative && cents !== 0 ? -cents : cents;
}

/** Writes the API's Money scalar: "1500.00". */
export function toDecimal(cents: Cents): string {
  assertCents(cents);
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** For people: "1,500.00", with a true minus sign. The currency stands once per column. */
export function formatMoney(cents: Cents): string {
  const [whole = "", fraction = ""] = toDecimal(Math.abs(cents)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${cents < 0 ? "\u2212" : ""}${grouped}.${fraction}`;
}

/** For sentences: "KES 1,500.00". */
export function formatKes(cents: Cents): string {
  return `KES\u00a0${formatMoney(cents)}`;
}

export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  assertCents(total);
  return total;
}

function assertCents(cents: Cents): void {
  if (!Number.isSafeInteger(cents)) throw new Error(`not a whole number of cents: ${cents}`);
}
