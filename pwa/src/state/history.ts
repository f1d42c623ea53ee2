/** All that happened with a member's money, from the records on this phone: one line each. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, sumCents } from "@tablebanking/common/money";
import { useMemo } from "react";
import type { Key } from "../i18n";
import type { Contribution, Operation } from "../lib/model";
import type { FineCharge } from "../records/fineCharges";
import type { Loan } from "../records/loans";
import type { Movement } from "../records/movements";
import type { Repayment } from "../records/repayments";
import type { OperationStatus } from "../store/schema";
import { useContributions } from "./contributions";
import { useData } from "./data";
import { useRecords } from "./records";

export interface Entry {
  id: string;
  date: IsoDate;
  what: Key;
  /** In the words of whoever wrote it down. */
  note: string | null;
  /** Paid in by the member, paid out to the member, or only charged. */
  direction: "in" | "out" | "charged";
  amount: Cents;
  status: OperationStatus;
  /** The office took it out of the books again. */
  reversed: boolean;
  receiptNumber: string | null;
  contribution: Contribution | null;
  loanId: string | null;
}

export interface Month {
  /** "2026-11" */
  month: string;
  entries: Entry[];
  paidIn: Cents;
  paidOut: Cents;
}

export interface Records {
  contributions: readonly Contribution[];
  repayments: readonly Repayment[];
  movements: readonly Movement[];
  loans: readonly Loan[];
  fines: readonly FineCharge[];
}

type States = ReadonlyMap<string, Pick<Operation, "status">>;

const BLANK = {
  note: null,
  status: "saved",
  reversed: false,
  receiptNumber: null,
  contribution: null,
  loanId: null,
} as const;

/** Movements by which the member got money. */
const TO_MEMBER = new Set(["WITHDRAWAL", "WELFARE_PAYOUT", "DIVIDEND_PAYOUT"]);

/** The newest first. */
export function entriesOf(records: Records, states: States): Entry[] {
  const statusOf = (id: string): OperationStatus => states.get(id)?.status ?? "saved";
  const entries: Entry[] = [
    ...records.contributions.map((row): Entry => {
      const { id, date, amount, receiptNumber } = row;
      const more = { status: statusOf(id), receiptNumber, contribution: row };
      return { ...BLANK, id, date, amount, what: `kind.${row.kind}`, direction: "in", ...more };
    }),
    ...records.repayments.map((row): Entry => {
      const { id, date, amount, receiptNumber, loanId, isReversed: reversed } = row;
      const more = { status: statusOf(id), receiptNumber, loanId, reversed };
      return { ...BLANK, id, date, amount, what: "history.repayment", direction: "in", ...more };
    }),
    ...records.movements.map((row): Entry => {
      const { id, date, amount, receiptNumber, isReversed: reversed, description: note } = row;
      const direction = TO_MEMBER.has(row.kind) ? "out" : "charged";
      const more = { status: statusOf(id), receiptNumber, reversed, note };
      return { ...BLANK, id, date, amount, what: `movement.${row.kind}`, direction, ...more };
    }),
    ...records.loans.flatMap((loan): Entry[] => {
      const { id, disbursedOn: date, loanAmount: amount, purpose: note } = loan;
      if (!date) return [];
      const more = { status: statusOf(id), note, loanId: id };
      return [{ ...BLANK, id, date, amount, what: "history.loanOut", direction: "out", ...more }];
    }),
    ...records.fines.map((fine): Entry => {
      const { id, chargedOn: date, amount, note, loanId, status } = fine;
      const what: Key = `history.fine.${fine.reason}`;
      const more = { note, loanId, reversed: status === "WAIVED" };
      return { ...BLANK, id, date, amount, what, direction: "charged", ...more };
    }),
  ];
  return entries
    .filter(({ status }) => status !== "removed")
    .sort((a, b) => b.date.localeCompare(a.date) || b.id.localeCompare(a.id));
}

/** The newest month first, with what was paid in and out in it. */
export function byMonth(entries: readonly Entry[]): Month[] {
  const months = new Map<string, Entry[]>();
  for (const entry of entries) {
    const month = entry.date.slice(0, 7);
    const known = months.get(month);
    if (known) known.push(entry);
    else months.set(month, [entry]);
  }
  return [...months].map(([month, rows]) => ({
    month,
    entries: rows,
    paidIn: sumOf(rows, "in"),
    paidOut: sumOf(rows, "out"),
  }));
}

const sumOf = (entries: readonly Entry[], direction: Entry["direction"]): Cents =>
  sumCents(
    entries.filter((row) => row.direction === direction && !row.reversed).map((row) => row.amount),
  );

export const finesOwed = (fines: readonly FineCharge[]): Cents =>
  sumCents(
    fines.filter(({ status }) => status === "OPEN").map(({ amount, paid }) => amount - paid),
  );

/** Null until all are read. */
export function useHistory(memberId: string): Month[] | null {
  const contributions = useContributions("memberId", memberId);
  const repayments = useRecords("repayments", memberId);
  const movements = useRecords("movements", memberId);
  const loans = useRecords("loans", memberId);
  const fines = useRecords("fineCharges", memberId);
  const byEntity = useData((state) => state.byEntity);
  return useMemo(() => {
    if (!repayments || !movements || !loans || !fines) return null;
    return byMonth(entriesOf({ contributions, repayments, movements, loans, fines }, byEntity));
  }, [contributions, repayments, movements, loans, fines, byEntity]);
}
