/** What happened to the loan, the newest first. */

import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { DetailSection } from "../../components/DetailPage";
import { Timeline, type TimelineItem } from "../../components/Timeline";
import { t } from "../../i18n";
import { momentText, plainDate } from "../../lib/dates";
import { receiptText } from "../../lib/receipt";
import type { Loan } from "./loans-api";

export function LoanTimeline({ loan }: { loan: Loan }) {
  return (
    <DetailSection id="loan-timeline" title={t("loan.timeline")}>
      <Timeline label={t("loan.timeline")} items={happened(loan).toReversed()} />
    </DetailSection>
  );
}

/** In the order of a loan's life: within a day the steps have no hour of their own. */
export function happened(loan: Loan): TimelineItem[] {
  const kes = (amount: string) => formatKes(fromDecimal(amount));
  const day = (key: string, date: string | null, title: string, detail?: string | null) =>
    date ? [{ key, when: plainDate(date), title, detail }] : [];
  return [
    ...day("applied", loan.applicationDate, t("loanEvent.applied"), loan.purpose),
    ...loan.approvals.map((one) => ({
      key: one.approvedBy.id,
      when: momentText(one.decidedAt),
      title: t("loanEvent.approvedBy", { role: t(`role.${one.role}`) }),
      by: one.approvedBy.name,
      detail: one.notes,
    })),
    ...day("approved", loan.approvedDate, t("loanEvent.approved")),
    ...day("disbursed", loan.disbursedOn, t("loanEvent.disbursed")),
    ...loan.repayments.map((one) => ({
      key: one.id,
      when: plainDate(one.paymentDate),
      title: t(one.isReversed ? "loanEvent.repaidReversed" : "loanEvent.repaid", {
        amount: kes(one.amount),
      }),
      detail: receiptText(one),
    })),
    ...day("completed", loan.completedOn, t("loanEvent.completed")),
    ...(loan.status === "REJECTED"
      ? [{ key: "rejected", when: "", title: t("loanEvent.rejected"), detail: loan.rejectedReason }]
      : []),
    ...(loan.status === "WRITTEN_OFF"
      ? [{ key: "lost", when: "", title: t("loanEvent.writtenOff"), detail: loan.writeOffReason }]
      : []),
  ];
}
