/** Dates and days in the language that is spoken now, Kenyan time. */
import * as dates from "@tablebanking/common/dates";
import { language } from "../i18n";

/** "Sun, 22 Nov 2026". */
export const dateText = (date: dates.IsoDate) => dates.formatDate(date, language);
/** "22 Nov 2026". */
export const plainDate = (date: dates.IsoDate) => dates.formatPlainDate(date, language);
/** "22 Nov, 14:05". */
export const momentText = (instant: string | number | Date) =>
  dates.formatMoment(instant, language);
/** "14:05". */
export const timeText = (instant: string | number | Date) => dates.formatTime(instant, language);
/** "October 2026", of "2026-10". */
export const monthText = (month: string) => dates.formatMonth(month, language);

/** In the order of the week. The server's names, in capitals. */
export const DAYS = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;

/** "Thursday", of THURSDAY; whatever the server has beside these stays as it is. */
export function weekdayName(day: string): string {
  const index = DAYS.indexOf(day.toUpperCase() as (typeof DAYS)[number]);
  if (index < 0) return day;
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    weekday: "long",
    timeZone: "UTC",
  });
  return format.format(Date.UTC(2024, 0, 1 + index)); // 1 January 2024 was a Monday.
}
