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

/** A welfare payout as it was asked for: what the chair of one below KES 50,000 agrees to. */
export interface SignedWelfare {
  id: string;
  memberId: string;
  amount: Cents;
  requestedOn: string;
  reason: string;
}

export function welfareForm(request: SignedWelfare): Form {
  return [
    "welfare",
    request.id.toLowerCase(),
    request.memberId.toLowerCase(),
    toDecimal(request.amount),
    request.requestedOn,
    cleanText(request.reason),
  ];
}

/** The minutes of a closed meeting, as far as the officer's phone knows them itself (docs/meetings.md). */
export interface SignedMeeting {
  id: string;
  groupId: string;
  meetingDate: string;
  broughtFromBank: Cents;
  banked: Cents;
  /** The cash that the phone said should be there, after the banking. */
  expected: Cents;
  counted: Cents;
  /** Pieces by note or coin; whole shillings. */
  denominations: readonly { value: number; pieces: number }[];
  attendance: readonly { memberId: string; status: string }[];
  totals: readonly { label: string; method: string; amount: Cents }[];
  varianceNote: string;
  resolutions: string;
}

export function meetingForm(meeting: SignedMeeting): Form {
  const people = new Map(
    meeting.attendance.map(({ memberId, status }) => [memberId.toLowerCase(), status]),
  );
  return [
    "meeting",
    meeting.id.toLowerCase(),
    meeting.groupId.toLowerCase(),
    meeting.meetingDate,
    toDecimal(meeting.broughtFromBank),
    toDecimal(meeting.banked),
    toDecimal(meeting.expected),
    toDecimal(meeting.counted),
    toDecimal(meeting.counted - meeting.expected),
    meeting.denominations
      .filter(({ pieces }) => pieces > 0)
      .sort((a, b) => b.value - a.value)
      .map(({ value, pieces }) => [value, pieces]),
    [...people].sort(([a], [b]) => order(a, b)),
    meeting.totals
      .map(({ label, method, amount }) => ({ label: cleanText(label), method, amount }))
      .sort((a, b) => order(a.label, b.label) || order(a.method, b.method) || a.amount - b.amount)
      .map(({ label, method, amount }) => [label, method, toDecimal(amount)]),
    cleanText(meeting.varianceNote),
    cleanLines(meeting.resolutions),
  ];
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Each line as `cleanText` has it, without empty lines at the ends. */
export function cleanLines(text: string): string {
  return text
    .split("\n")
    .map(cleanText)
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
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

/** The same in hexadecimal, as the API writes it. */
export async function hashOf(form: Form): Promise<string> {
  const bytes = await digestOf(form);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The 32 bytes of a hash in hexadecimal. */
export function bytesOfHash(hash: string): Uint8Array<ArrayBuffer> {
  if (!/^[0-9a-f]{64}$/i.test(hash)) throw new Error("not a SHA-256 in hexadecimal");
  return Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
