/** A receipt's number as it is handed to people: with the code that lets them check it. */
import { checkPage } from "@tablebanking/common/receipt";
import { t } from "../i18n";

interface Receipt {
  receiptNumber: string;
  receiptCode: string | null;
}

export const receiptText = ({ receiptNumber, receiptCode }: Receipt): string =>
  receiptCode ? `${receiptNumber} · ${t("receipt.code", { code: receiptCode })}` : receiptNumber;

/** Where it is checked; null where nobody else could reach the page. */
export const receiptPage = (): string | null => checkPage(location.origin);
