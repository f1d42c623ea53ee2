/**
 * "Today" is the day in Kenya, whatever the clock of the device is set to show.
 * A date is the text YYYY-MM-DD, as in the API; sums of days go through UTC midnights,
 * so summer time elsewhere cannot shift them.
 */
export type IsoDate = string;

export const TIME_ZONE = "Africa/Nairobi";
const DAY_MS = 86_400_000;

/** In the order of Date.getUTCDay(). */
export const WEEKDAYS = [
  "SUNDAY",
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const isoInNairobi = new Intl.DateTimeFormat("en-CA", {
  timeZone: TIME_ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The date in Kenya at an instant. */
export function todayInNairobi(now: Date = new Date()): IsoDate {
  return isoInNairobi.format(now);
}

export function parseDate(date: IsoDate): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const parsed = new Date(`${date}T00:00:00Z`);
  // 2026-02-30 rolls over to March: only a date that reads back the same exists.
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date
    ? null
    : parsed;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(mustParse(date).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((mustParse(to).getTime() - mustParse(from).getTime()) / DAY_MS);
}

/** Whole years between a birthday and a day. */
export function ageOn(birthday: IsoDate, day: IsoDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthday.slice(0, 4));
  return day.slice(5) < birthday.slice(5) ? years - 1 : years;
}

/** The first such weekday from `today` on, today included. Null for an unknown day name. */
export function nextWeekday(day: string, today: IsoDate): IsoDate | null {
  const wanted = WEEKDAYS.indexOf(day.toUpperCase() as Weekday);
  if (wanted < 0) return null;
  return addDays(today, (wanted - mustParse(today).getUTCDay() + 7) % 7);
}

/** "Sun, 22 Nov 2026" in the reader's language. */
export function formatDate(date: IsoDate, language = "en"): string {
  return format(mustParse(date), language, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

/** "22 Nov 2026": where the day of the week says nothing, as of a birthday. */
export function formatPlainDate(date: IsoDate, language = "en"): string {
  return format(mustParse(date), language, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

/** "Sun 22 Nov": where the year goes without saying. */
export function formatDay(date: IsoDate, language = "en"): string {
  return format(mustParse(date), language, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
  });
}

/** "October 2026", of a month written as "2026-10". */
export function formatMonth(month: string, language = "en"): string {
  return format(mustParse(`${month}-01`), language, {
    timeZone: "UTC",
    month: "long",
    year: "numeric",
  });
}

/** "22 Nov, 14:05", Kenyan time. */
export function formatMoment(instant: string | number | Date, language = "en"): string {
  return format(new Date(instant), language, {
    timeZone: TIME_ZONE,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

/** "14:05", Kenyan time. */
export function formatTime(instant: string | number | Date, language = "en"): string {
  return format(new Date(instant), language, {
    timeZone: TIME_ZONE,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs far more than using one, and lists format hundreds of dates. */
function format(date: Date, language: string, options: Intl.DateTimeFormatOptions): string {
  const locale = language === "en" ? "en-GB" : language;
  const key = locale + JSON.stringify(options);
  let formatter = formats.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, options);
    formats.set(key, formatter);
  }
  return formatter.format(date);
}

function mustParse(date: IsoDate): Date {
  const parsed = parseDate(date);
  if (!parsed) throw new Error(`not a date: ${date}`);
  return parsed;
}
