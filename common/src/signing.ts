/**
 * What a chair or committee member signs on the officer's phone, byte for byte as
 * app/services/signed_forms.py builds it: SHA-256 over compact JSON in UTF-8, with ids, dates
 * and amounts as text. A new form is one more function that returns a Form.
 */
import { type Cents, toDecimal } from "./money";

export type Form = readonly [kind: string, ...values: FormValue[]];
export type FormValue = string | number | null | readonly FormValue[];

/** The loan as it was applied for: what the chair of a loan below KES 50,000 agrees to. */
export interface SignedLoan {
  id: string;
  memberId: string;
  loanType: string;
  amount: Cents;
  months: number;
  /** Hundredths of a percent. */
  rate: number;
  purpose: string;
}

export function loanForm(loan: SignedLoan): Form {
  return [
    "loan",
    loan.id.toLowerCase(),
    loan.memberId.toLowerCase(),
    loan.loanType,
    toDecimal(loan.amount),
    loan.months,
    toDecimal(loan.rate),
    cleanText(loan.purpose),
  ];
}

/** What Python takes for space in `str.split`, which is not what \s is here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python's split takes them for space.
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Text as the server keeps it (app/services/operations/parse.py): one space between words. */
export function cleanText(text: string): string {
  return text.replace(SPACES, " ").replace(/^ | $/g, "");
}

export function canonicalBytes(form: Form): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(form));
}

/** The 32 bytes that are signed. */
export async function digestOf(form: Form): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", canonicalBytes(form)));
}
