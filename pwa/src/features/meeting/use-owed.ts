/** What each member owes on the day: fines, and what is due on running loans. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import { useMemo } from "react";
import { groupBy } from "../../lib/group-by";
import type { Operation } from "../../lib/model";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import { useData } from "../../state/data";
import { type Due, dueNow } from "../../state/loans";
import type { ListedMeeting } from "../../state/meetings";
import { useRecords } from "../../state/records";
import { isUnsent } from "../../sync/outbox";
import { cellKey, type Draft } from "./sheet";

const NO_FINES: FineCharge[] = [];

export function useOwed(groupId: string, date: IsoDate, meeting: ListedMeeting | null) {
  const loans = useRecords("loans", groupId);
  const fines = useRecords("fineCharges", groupId) ?? NO_FINES;
  const operations = useData((state) => state.operations);
  const lateFine = useData((state) => state.groups.get(groupId)?.terms?.lateMeetingFine ?? 0);
  const loansOf = useMemo(() => runningLoans(loans ?? [], fines, date), [loans, fines, date]);
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
  return { finesOf, loansOf };
}

export interface RunningLoan {
  loan: Loan;
  due: Due;
}

/** By member; of several, that one first which is paid first where nobody chooses. */
export function runningLoans(
  loans: readonly Loan[],
  fines: readonly FineCharge[],
  date: IsoDate,
): Map<string, RunningLoan[]> {
  const finesOf = groupBy(fines, ({ loanId }) => loanId);
  const running = loans
    .filter((loan) => loan.status === "DISBURSED")
    .map((loan) => ({ loan, due: dueNow(loan, finesOf.get(loan.id) ?? [], date) }))
    .sort(mostUrgentFirst);
  return groupBy(running, ({ loan }) => loan.memberId);
}

/** The longest in arrears, then what is due at all, then the oldest. */
const mostUrgentFirst = (a: RunningLoan, b: RunningLoan) =>
  b.due.daysOverdue - a.due.daysOverdue ||
  Number(b.due.now > 0) - Number(a.due.now > 0) ||
  (a.loan.disbursedOn ?? "").localeCompare(b.loan.disbursedOn ?? "") ||
  a.loan.id.localeCompare(b.loan.id);

/** Which loan each member's repayment is for: as chosen on the sheet, or the most urgent one. */
export function chosenLoans(
  loansOf: ReadonlyMap<string, readonly RunningLoan[]>,
  draft: Draft,
): Map<string, RunningLoan> {
  const chosen = new Map<string, RunningLoan>();
  for (const [memberId, all] of loansOf) {
    const wanted = draft[cellKey(memberId, "REPAYMENT")]?.loanId;
    const one = all.find(({ loan }) => loan.id === wanted) ?? all[0];
    if (one) chosen.set(memberId, one);
  }
  return chosen;
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
