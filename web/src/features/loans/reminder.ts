/** Words to a member whose loan is overdue or falls due soon, in the member's language. */
import { addDays, formatPlainDate, type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import type { Loan } from "./loans-api";

export type ReminderLanguage = "en" | "sw";
type Owing = Pick<Loan, "status" | "arrears" | "nextDueDate">;
type Reminded = Owing &
  Pick<Loan, "daysOverdue" | "nextDueAmount"> & {
    member: { memberName: string; phone: string };
    group: { name: string };
  };

/** Integrations.md: the first reminder goes out three days before. */
const DAYS_BEFORE = 3;

/** Something of a running loan is overdue, or falls due within three days. */
export function isToRemind(loan: Owing, today: IsoDate = todayInNairobi()): boolean {
  if (loan.status !== "DISBURSED") return false;
  if (fromDecimal(loan.arrears) > 0) return true;
  return loan.nextDueDate !== null && loan.nextDueDate <= addDays(today, DAYS_BEFORE);
}

/** For a loan that `isToRemind`. */
export function reminderText(loan: Reminded, language: ReminderLanguage): string {
  const name = loan.member.memberName;
  const group = loan.group.name;
  const arrears = fromDecimal(loan.arrears);
  if (arrears > 0) {
    const amount = formatMoney(arrears);
    const days = loan.daysOverdue;
    return language === "sw"
      ? `Habari ${name}, KES ${amount} za mkopo wako wa ${group} zimechelewa kwa siku ${days}. ` +
          "Tafadhali lipa kwa afisa wako au kwenye mkutano ujao. Asante."
      : `Dear ${name}, KES ${amount} of your loan from ${group} is ${days} ` +
          `${days === 1 ? "day" : "days"} overdue. Please pay your officer, or at the next ` +
          "meeting. Thank you.";
  }
  const amount = formatMoney(fromDecimal(loan.nextDueAmount));
  const day = formatPlainDate(loan.nextDueDate ?? todayInNairobi(), language);
  return language === "sw"
    ? `Habari ${name}, KES ${amount} za mkopo wako wa ${group} zinatakiwa tarehe ${day}. Asante.`
    : `Dear ${name}, KES ${amount} of your loan from ${group} is due on ${day}. Thank you.`;
}

/** Addresses that open the message, written and not sent, in WhatsApp or the phone's messages. */
export function reminderLinks(phone: string, text: string): { whatsapp: string; sms: string } {
  const digits = phone.replace(/\D/g, "");
  const words = encodeURIComponent(text);
  return { whatsapp: `https://wa.me/${digits}?text=${words}`, sms: `sms:+${digits}?body=${words}` };
}
