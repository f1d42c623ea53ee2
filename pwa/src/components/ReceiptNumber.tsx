/** Number and code of a receipt, as they are read out and copied. */
import { t } from "../i18n";

interface Props {
  className: string | undefined;
  receiptNumber: string;
  receiptCode?: string | null;
}

export function ReceiptNumber({ className, receiptNumber, receiptCode }: Props) {
  return (
    <p className={className}>
      <span data-testid="receipt-number">{receiptNumber}</span>
      {receiptCode && (
        <span data-testid="receipt-code"> · {t("receipt.code", { code: receiptCode })}</span>
      )}
    </p>
  );
}
