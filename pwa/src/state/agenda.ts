/** What waits for the officer: loans and welfare to approve and to pay out, instalments at the next meeting, the office's word. */
import { type IsoDate, nextWeekday, todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, sumCents } from "@tablebanking/common/money";
import { useMemo } from "react";
import { groupBy } from "../lib/group-by";
import type { Group } from "../lib/model";
import type { FineCharge } from "../records/fineCharges";
import type { Loan } from "../records/loans";
import type { ReviewItem } from "../records/reviewItems";
import type { WelfareRequest } from "../records/welfareRequests";
import { LISTED_MS } from "../sync/outbox";
import { useData } from "./data";
import { type LoanRow, loanRows } from "./loan-rows";
import { dueNow } from "./loans";
import { useRecords } from "./records";
import { useSession } from "./session";

export interface MeetingDue {
  /** Null where the group's meeting day is not known. */
  date: IsoDate | null;
  /** Loans with something to pay at that meeting, and how much in all. */
  loans: number;
  amount: Cents;
}

export interface Agenda {
  toApprove: Loan[];
  toPay: Loan[];
  /** Asked for, and an approval is missing: the officer's, or that of others. */
  welfareAsked: WelfareRequest[];
  welfareToPay: WelfareRequest[];
  /** All loans with what they wait for. */
  loans: LoanRow[];
  asked: ReviewItem[];
  decided: ReviewItem[];
  /** By group. */
  due: Map<string, MeetingDue>;
}

/** Null until the copies are read. */
export function useAgenda(today: IsoDate = todayInNairobi()): Agenda | null {
  const groups = useData((state) => state.groups);
  const members = useData((state) => state.members);
  const uploads = useData((state) => state.uploads);
  const me = useSession((state) => state.account?.userId ?? "");
  const loans = useRecords("loans");
  const fines = useRecords("fineCharges");
  const items = useRecords("reviewItems");
  const welfare = useRecords("welfareRequests");
  return useMemo(
    () =>
      loans && fines && items && welfare
        ? {
            ...loansFor(me, loans),
            ...welfareFor(welfare),
            loans: loanRows(loans, fines, { members, uploads, officerId: me, today }),
            ...fromOffice(items),
            due: dueAtMeetings(groups, loans, fines, today),
          }
        : null,
    [groups, members, uploads, me, loans, fines, items, welfare, today],
  );
}

/** The officer's own approval is missing, or nothing but the money is. */
export function loansFor(me: string, loans: readonly Loan[]): Pick<Agenda, "toApprove" | "toPay"> {
  const oldestFirst = [...loans].sort((a, b) => a.applicationDate.localeCompare(b.applicationDate));
  return {
    toApprove: oldestFirst.filter(
      (loan) =>
        loan.status === "PENDING" &&
        loan.approvalsMissing.includes("FIELD_OFFICER") &&
        !loan.approvals.some(({ by }) => by.id === me),
    ),
    toPay: oldestFirst.filter((loan) => loan.status === "APPROVED"),
  };
}

/** Requests that wait for somebody, the oldest first. */
export function welfareFor(
  requests: readonly WelfareRequest[],
): Pick<Agenda, "welfareAsked" | "welfareToPay"> {
  const oldestFirst = [...requests].sort((a, b) => a.requestedOn.localeCompare(b.requestedOn));
  return {
    welfareAsked: oldestFirst.filter(({ status }) => status === "PENDING"),
    welfareToPay: oldestFirst.filter(({ status }) => status === "APPROVED"),
  };
}

/** What the office asks, and what it decided in the last days. */
export function fromOffice(
  items: readonly ReviewItem[],
  now: number = Date.now(),
): Pick<Agenda, "asked" | "decided"> {
  const lately = ({ decidedAt }: ReviewItem) =>
    decidedAt !== null && Date.parse(decidedAt) > now - LISTED_MS;
  return {
    asked: items.filter((item) => item.status === "SENT_BACK"),
    decided: items.filter(
      (item) => item.status === "DECIDED" && item.decision !== "RESOLVED" && lately(item),
    ),
  };
}

/** What borrowers must bring to the next meeting of their group. */
export function dueAtMeetings(
  groups: ReadonlyMap<string, Group>,
  loans: readonly Loan[],
  fines: readonly FineCharge[],
  today: IsoDate,
): Map<string, MeetingDue> {
  const byGroup = groupBy(loans, (loan) => loan.groupId);
  const finesOf = groupBy(fines, (fine) => fine.loanId);
  return new Map(
    [...groups.values()].map((group) => {
      const date = nextWeekday(group.meetingDay, today);
      const amounts = (byGroup.get(group.id) ?? [])
        .filter((loan) => loan.status === "DISBURSED")
        .map((loan) => dueNow(loan, finesOf.get(loan.id) ?? [], date ?? today).now)
        .filter((amount) => amount > 0);
      return [group.id, { date, loans: amounts.length, amount: sumCents(amounts) }];
    }),
  );
}
