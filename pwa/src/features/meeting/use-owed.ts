/** What each member owes on the day: fines, and what is due on a running loan. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import { useCallback, useMemo } from "react";
import type { Operation } from "../../lib/model";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import { useData } from "../../state/data";
import { dueNow } from "../../state/loans";
import type { ListedMeeting } from "../../state/meetings";
import { useRecords } from "../../state/records";
import { isUnsent } from "../../sync/outbox";

const NO_FINES: FineCharge[] = [];

export function useOwed(groupId: string, date: IsoDate, meeting: ListedMeeting | null) {
  const loans = useRecords("loans", groupId);
  const fines = useRecords("fineCharges", groupId) ?? NO_FINES;
  const operations = useData((state) => state.operations);
  const lateFine = useData((state) => state.groups.get(groupId)?.terms?.lateMeetingFine ?? 0);
  const loanOf = useMemo(() => runningLoans(loans ?? []), [loans]);
  const dues = useMemo(
    () => new Map([...loanOf].map(([memberId, loan]) => [memberId, dueNow(loan, fines, date).now])),
    [loanOf, fines, date],
  );
  const attendance = meeting?.attendance;
  const finesOf = useMemo(() => {
    const owed = openFines(fines);
    for (const [memberId, status] of Object.entries(attendance ?? {})) {
      // Charged at the close; what is paid before counts towards it.
      if (status === "LATE") owed.set(memberId, (owed.get(memberId) ?? 0) + lateFine);
    }
    for (const [memberId, paid] of finesPaidHere(operations)) {
      owed.set(memberId, Math.max(0, (owed.get(memberId) ?? 0) - paid));
    }
    return owed;
  }, [fines, attendance, lateFine, operations]);
  const owed = useCallback(
    (memberId: string, kind: "FINE" | "REPAYMENT"): Cents =>
      (kind === "FINE" ? finesOf : dues).get(memberId) ?? 0,
    [finesOf, dues],
  );
  return { owed, loanOf };
}

/** One a member: of several, the oldest. */
export function runningLoans<L extends Loan>(loans: readonly L[]): Map<string, L> {
  const running = loans
    .filter((loan) => loan.status === "DISBURSED")
    .sort((a, b) => (b.disbursedOn ?? "").localeCompare(a.disbursedOn ?? ""));
  return new Map(running.map((loan) => [loan.memberId, loan]));
}

/** A loan's fines are part of what is due on it. */
export function openFines(fines: readonly FineCharge[]): Map<string, Cents> {
  const owed = new Map<string, Cents>();
  for (const fine of fines) {
    if (fine.status !== "OPEN" || fine.loanId) continue;
    owed.set(fine.memberId, (owed.get(fine.memberId) ?? 0) + fine.amount - fine.paid);
  }
  return owed;
}

function finesPaidHere(operations: readonly Operation[]): [string, Cents][] {
  return operations.flatMap((operation): [string, Cents][] => {
    const { body } = operation;
    if (body.type !== "recordContribution" || body.input.contributionType !== "FINE") return [];
    return isUnsent(operation) ? [[body.input.memberId, fromDecimal(body.input.amount)]] : [];
  });
}
