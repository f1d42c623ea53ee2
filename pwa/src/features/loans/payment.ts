/** How money is handed over: by what, when, with which code, at which meeting; and what is wrong with that. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, parseMoney } from "@tablebanking/common/money";
import type { Key } from "../../i18n";
import type { PaymentMethod } from "../../lib/model";
import { readMpesaCode } from "../../lib/mpesa";
import type { Meeting } from "../../records/meetings";
import type { Paid } from "../../state/loan-actions";

export interface PayValues {
  method: PaymentMethod;
  date: IsoDate;
  code: string;
}

export type PayErrors = Partial<Record<"date" | "code", Key>>;

export const payToday = (): PayValues => ({ method: "CASH", date: todayInNairobi(), code: "" });

/** `earliest` is the day before which nothing can have been paid. */
export function readPayment(
  { method, date, code }: PayValues,
  earliest: IsoDate | null,
  today: IsoDate,
): { paid: Paid | null; errors: PayErrors } {
  const errors: PayErrors = {};
  if (!date || date > today) errors.date = "pay.dateFuture";
  else if (earliest && date < earliest) errors.date = "pay.dateEarly";
  const typed = method === "MPESA" && code.trim() !== "";
  const transactionId = typed ? readMpesaCode(code) : null;
  if (typed && !transactionId) errors.code = "edit.codeWrong";
  const right = Object.keys(errors).length === 0;
  return { paid: right ? { method, date, transactionId } : null, errors };
}

/** A meeting keeps its day, also where the phone's clock has jumped back. */
export const latestDay = (meeting: Pick<Meeting, "date"> | null, today: IsoDate): IsoDate =>
  meeting && meeting.date > today ? meeting.date : today;

/** What was paid on the day of the open meeting passed over its table: minutes and count hold it. */
export const atMeeting = (paid: Paid, meeting: Pick<Meeting, "id" | "date"> | null): Paid =>
  meeting && meeting.date === paid.date ? { ...paid, meetingId: meeting.id } : paid;

/** An amount above zero, or null. */
export function readAmount(text: string): Cents | null {
  const amount = parseMoney(text);
  return amount && amount > 0 ? amount : null;
}
