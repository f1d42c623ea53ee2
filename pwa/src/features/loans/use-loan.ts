/** A loan with what it means today. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { useMemo } from "react";
import type { FineCharge } from "../../records/fineCharges";
import type { Loan } from "../../records/loans";
import { type ListedMember, useData } from "../../state/data";
import { nextStep, type Step } from "../../state/loan-steps";
import { type Due, dueNow, runningLoan } from "../../state/loans";
import { withSides } from "../../state/papers";
import { useRecord, useRecords } from "../../state/records";
import { useSession } from "../../state/session";
import type { Listed } from "../../state/waiting";

export interface ShownLoan {
  loan: Listed<Loan>;
  member: ListedMember | undefined;
  fines: FineCharge[];
  due: Due;
  /** The schedule after what was paid on this phone. */
  schedule: Loan["schedule"];
  step: Step;
  today: IsoDate;
}

/** Null while it is read, undefined where the phone has no such loan. */
export function useLoan(id: string): ShownLoan | null | undefined {
  const loan = useRecord("loans", id);
  const fines = useRecords("fineCharges", id);
  const member = useData((state) => loan && state.members.get(loan.memberId));
  const uploads = useData((state) => state.uploads);
  const officerId = useSession((state) => state.account?.userId ?? "");
  return useMemo(() => {
    if (loan === undefined) return undefined;
    if (loan === null || fines === null) return null;
    const today = todayInNairobi();
    const due = dueNow(loan, fines, today);
    const running = runningLoan(loan, fines);
    const paid = running.status === "COMPLETED" && loan.status === "DISBURSED";
    const shown = paid ? { ...loan, status: "COMPLETED" as const } : loan;
    const schedule = [...running.instalments];
    const step = nextStep(shown, member ? withSides(member, uploads) : undefined, officerId);
    return { loan: shown, member: member ?? undefined, fines, due, schedule, step, today };
  }, [loan, fines, member, uploads, officerId]);
}
