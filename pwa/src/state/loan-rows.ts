/** Loans with what each waits for, as the lists and the counts show them. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { useMemo } from "react";
import { groupBy } from "../lib/group-by";
import type { Upload } from "../lib/model";
import type { FineCharge } from "../records/fineCharges";
import type { Loan } from "../records/loans";
import { type ListedMember, useData } from "./data";
import { nextStep, type Row } from "./loan-steps";
import { dueNow } from "./loans";
import { withSides } from "./papers";
import { useRecords } from "./records";
import { useSession } from "./session";
import type { Listed } from "./waiting";

export interface LoanRow extends Row {
  loan: Listed<Loan>;
  name: string;
}

export interface Around {
  members: ReadonlyMap<string, ListedMember>;
  uploads: readonly Upload[];
  officerId: string;
  today: IsoDate;
}

export function loanRows(
  loans: readonly Listed<Loan>[],
  fines: readonly FineCharge[],
  { members, uploads, officerId, today }: Around,
): LoanRow[] {
  const finesOf = groupBy(fines, ({ loanId }) => loanId);
  return loans.map((loan) => {
    const member = members.get(loan.memberId);
    const running = loan.status === "DISBURSED";
    return {
      loan,
      due: running ? dueNow(loan, finesOf.get(loan.id) ?? [], today) : null,
      step: nextStep(loan, member && withSides(member, uploads), officerId),
      name: member?.memberName ?? "",
    };
  });
}

/** Of a group or a member, or of all; null until they are read. */
export function useLoanRows(ref: string | null): LoanRow[] | null {
  const loans = useRecords("loans", ref);
  const fines = useRecords("fineCharges", ref);
  const members = useData((state) => state.members);
  const uploads = useData((state) => state.uploads);
  const officerId = useSession((state) => state.account?.userId ?? "");
  return useMemo(
    () =>
      loans && fines
        ? loanRows(loans, fines, { members, uploads, officerId, today: todayInNairobi() })
        : null,
    [loans, fines, members, uploads, officerId],
  );
}
