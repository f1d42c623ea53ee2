import { type IsoDate, parseDate } from "@tablebanking/common/dates";

/** "05/11/2026" of 2026-11-05, the same in English and Swahili. */
export function toTyped(date: IsoDate): string {
  return date ? date.split("-").reverse().join("/") : "";
}

/** Day first, with any of / . - or space between; or the API's own form. Null: no such day. */
export function fromTyped(text: string): IsoDate | null {
  const trimmed = text.trim();
  if (parseDate(trimmed)) return trimmed;
  const found = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/.exec(trimmed);
  if (!found) return null;
  const [, day = "", month = "", year = ""] = found;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return parseDate(date) ? date : null;
}
