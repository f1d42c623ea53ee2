import { Button } from "@mantine/core";
import { useConfig } from "../../api/config";
import { DetailSection } from "../../components/DetailPage";
import { Money } from "../../components/Money";
import { type PlainColumn, PlainTable } from "../../components/PlainTable";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { receiptText } from "../../lib/receipt";
import classes from "./LoanPage.module.css";
import type { Loan } from "./loans-api";
import { type Asking, reversible } from "./rights";

export type Repayment = Loan["repayments"][number];

type Props = { loan: Loan; user: Asking; onReverse: (repayment: Repayment) => void };

/** What was paid, and where it went. Only the newest can be taken back: later ones build on it. */
export function Repayments({ loan, user, onReverse }: Props) {
  const { currency } = useConfig();
  const newest = reversible(loan, user);
  const columns: PlainColumn<Repayment>[] = [
    {
      key: "date",
      header: t("common.date"),
      nowrap: true,
      render: (row) => plainDate(row.paymentDate),
    },
    { key: "method", header: t("loan.paidBy"), render: methodText, hide: true },
    {
      key: "receipt",
      header: t("loan.receipt"),
      nowrap: true,
      render: receiptText,
    },
    { key: "split", header: t("loan.divided"), render: splitText, hide: true },
    {
      key: "amount",
      header: `${t("loan.amount")}, ${currency}`,
      align: "end",
      render: ({ amount }) => <Money value={amount} />,
    },
    {
      key: "undo",
      header: "",
      align: "end",
      render: (row) => (
        <Undo row={row} undo={row.id === newest ? () => onReverse(row) : undefined} />
      ),
    },
  ];
  return (
    <DetailSection id="loan-repayments" title={t("loan.repayments")}>
      {loan.repayments.length === 0 ? (
        <p className={classes.note}>{t("loan.nothingPaid")}</p>
      ) : (
        <PlainTable
          label={t("loan.repayments")}
          columns={columns}
          rows={loan.repayments}
          rowKey={({ id }) => id}
          quiet={({ isReversed }) => isReversed}
          testId="loan-repayments"
          rowTestId="repayment"
        />
      )}
    </DetailSection>
  );
}

function Undo({ row, undo }: { row: Repayment; undo?: () => void }) {
  if (row.isReversed) return t("loan.reversed");
  if (!undo) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      onClick={undo}
      aria-label={`${t("loanAction.reverseRepayment")}: ${row.receiptNumber}`}
      data-testid="reverse-repayment"
    >
      {t("loan.reverse")}
    </Button>
  );
}

function methodText({ paymentMethod, transactionId }: Repayment): string {
  return [t(`account.${paymentMethod}`), transactionId].filter(Boolean).join(" · ");
}

const PARTS = ["principal", "interest", "fines", "savings", "recovered"] as const;

function splitText(row: Repayment) {
  return PARTS.filter((part) => row[part] !== "0.00").map((part) => (
    <div key={part}>
      {t(`split.${part}`)} <Money value={row[part]} />
    </div>
  ));
}
