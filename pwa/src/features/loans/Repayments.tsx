import { formatDate } from "@tablebanking/common/dates";
import { formatKes, formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Details } from "../../components/Details";
import { Dialog } from "../../components/Dialog";
import list from "../../components/List.module.css";
import { ReceiptNumber } from "../../components/ReceiptNumber";
import { EntryShare } from "../../components/ReceiptShare";
import { Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { Repayment } from "../../records/repayments";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import { repaymentEntry } from "../../state/receipts";
import { useRecords } from "../../state/records";
import { shortDate } from "./dates";
import styles from "./loans.module.css";

/** What was paid on the loan, the newest first, each with its receipt. */
export function Repayments({ loanId }: { loanId: string }) {
  const language = usePrefs((state) => state.language);
  const rows = useRecords("repayments", loanId);
  const byEntity = useData((state) => state.byEntity);
  const [receipt, setReceipt] = useState<Repayment | null>(null);
  if (!rows || rows.length === 0) return null;
  const sorted = [...rows].sort((a, b) => b.date.localeCompare(a.date) || b.id.localeCompare(a.id));
  return (
    <Section title={t("loan.repayments")}>
      <ul className={list.list}>
        {sorted.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={list.row}
              onClick={() => setReceipt(row)}
              data-testid="repayment"
            >
              <span className={list.main}>
                <span>{shortDate(row.date, language)}</span>
                <span className={list.soft}>
                  {row.isReversed ? t("loan.reversed") : t(`method.${row.method}`)}
                </span>
              </span>
              <StateBadge status={byEntity.get(row.id)?.status ?? "saved"} />
              <span className={list.amount}>{formatMoney(row.amount)}</span>
            </button>
          </li>
        ))}
      </ul>
      {receipt && <RepaymentSlip repayment={receipt} onClose={() => setReceipt(null)} />}
    </Section>
  );
}

export function RepaymentSlip({
  repayment,
  onClose,
}: {
  repayment: Repayment;
  onClose: () => void;
}) {
  const language = usePrefs((state) => state.language);
  const name = useData((state) => state.members.get(repayment.memberId)?.memberName ?? "");
  const byEntity = useData((state) => state.byEntity);
  const status = byEntity.get(repayment.id)?.status ?? "saved";
  const { split, method, transactionId } = repayment;
  return (
    <Dialog title={t("receipt.title")} onClose={onClose}>
      <p className={styles.big}>{formatKes(repayment.amount)}</p>
      <ReceiptNumber
        className={styles.number}
        receiptNumber={repayment.receiptNumber}
        receiptCode={repayment.receiptCode}
      />
      <p className={styles.soft}>
        <StateBadge status={status} />{" "}
        {status === "saved"
          ? t("receipt.inBooks")
          : status === "held"
            ? t("receipt.held")
            : t("receipt.notYet")}
      </p>
      <Details
        rows={[
          [t("receipt.member"), name],
          [t("receipt.what"), t("loan.repayment")],
          [t("receipt.method"), [t(`method.${method}`), transactionId].filter(Boolean).join(" · ")],
          [t("receipt.date"), formatDate(repayment.date, language)],
          ...(split ? splitRows(split) : []),
        ]}
      />
      <EntryShare about={repayment} entry={repaymentEntry(repayment, byEntity)} />
    </Dialog>
  );
}

/** Where the money went; parts that are nothing are left out. */
export function splitRows(split: {
  fines: number;
  interest: number;
  principal: number;
  savings: number;
}): [string, string | null][] {
  const amount = (cents: number) => (cents > 0 ? formatMoney(cents) : null);
  return [
    [t("repay.fines"), amount(split.fines)],
    [t("repay.interest"), amount(split.interest)],
    [t("repay.principal"), amount(split.principal)],
    [t("repay.savings"), amount(split.savings)],
  ];
}
