/**
 * Answers questions of tests/properties/test_phone_*.py, which ask the server's Python the same
 * and compare. It is bundled and run by Node, as it would run on the phone.
 */
import { allocate } from "../src/allocation";
import { type ApprovalRole, missingPlaces, placeOf, placesFor } from "../src/approvals";
import { failuresOf, type LoanFacts } from "../src/eligibility";
import { type LoanTerms, wrongField } from "../src/loans";
import { annualPercentageRate, type FeeTerms, quoteLoan } from "../src/quote";
import { dueToday, positionOn, settlesToday } from "../src/repayment";
import { type FineCopy, type LoanCopy, type RunningLoan, readLoan } from "../src/running-loan";
import { canonicalBytes, digestOf, loanForm, type SignedLoan } from "../src/signing";
import { makeSigningKey, openSigningKey, signDigest } from "../src/signing-keys";
import { type WithdrawalFacts, withdrawalFailure } from "../src/withdrawal";

type Question =
  | { ask: "quote"; terms: LoanTerms; start: string; group?: FeeTerms }
  | { ask: "rate"; received: number; totals: number[] }
  | { ask: "payments"; loan: RunningLoan; payments: [day: string, amount: number][] }
  | { ask: "copy"; copy: LoanCopy; fines: FineCopy[]; day: string; amount: number }
  | { ask: "eligibility"; facts: LoanFacts; able: string[] }
  | { ask: "approvals"; amount: number; filled: ApprovalRole[]; role: string }
  | { ask: "withdrawal"; facts: WithdrawalFacts; amount: number }
  | { ask: "form"; loan: SignedLoan }
  | { ask: "sign"; loan: SignedLoan };

export function judge(questions: Question[]): Promise<unknown[]> {
  return Promise.all(questions.map(answer));
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case "quote": {
      const field = wrongField(question.terms);
      return field ?? quoteLoan(question.terms, question.start, question.group);
    }
    case "rate":
      return annualPercentageRate(question.received, question.totals);
    case "payments":
      return payments(question.loan, question.payments);
    case "copy":
      return payments(readLoan(question.copy, question.fines), [
        [question.day, question.amount],
      ])[0];
    case "eligibility": {
      const mayWitness = (id: string) => question.able.includes(id);
      return failuresOf({ ...question.facts, mayWitness });
    }
    case "approvals": {
      const left = missingPlaces(placesFor(question.amount), question.filled);
      return { needed: placesFor(question.amount), left, place: placeOf(question.role, left) };
    }
    case "withdrawal":
      return withdrawalFailure(question.facts, question.amount);
    case "form":
      return hex(await digestOf(loanForm(question.loan)));
    case "sign":
      return signed(question.loan);
  }
}

/** One payment after the other; before each what is owed, after it what became of it. */
function payments(loan: RunningLoan, list: [day: string, amount: number][]) {
  let now = loan;
  return list.map(([day, amount]) => {
    const position = positionOn(now, day);
    const due = dueToday(now, day);
    const settles = settlesToday(now, day);
    const { loan: after, ...parts } = allocate(now, amount, day);
    now = after;
    return { position, due, settles, parts, instalments: after.instalments };
  });
}

async function signed(loan: SignedLoan) {
  const aes = { name: "AES-GCM", length: 256 };
  const pinKey = await crypto.subtle.generateKey(aes, false, ["encrypt", "decrypt"]);
  const { publicKey, wrapped } = await makeSigningKey(pinKey, loan.id);
  const key = await openSigningKey(pinKey, loan.id, wrapped);
  if (!key) throw new Error("the key does not open");
  const form = loanForm(loan);
  return {
    publicKey,
    signature: await signDigest(key, await digestOf(form)),
    bytes: hex(canonicalBytes(form)),
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
