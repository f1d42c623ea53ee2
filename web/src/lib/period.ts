/** The time that the figures are of: named ("last month") or from one day to another. */
import { type IsoDate, parseDate } from "@tablebanking/common/dates";

export const PERIODS = ["month", "lastMonth", "quarter", "year", "months12", "own"] as const;
export type PeriodName = (typeof PERIODS)[number];
export type Span = { from: IsoDate; to: IsoDate };

/** The API's limit (docs/kpis.md). */
const MOST_MONTHS = 36;
const TREND_MONTHS = 12;

export function spanOf(name: PeriodName, today: IsoDate, own: Span): Span {
  switch (name) {
    case "lastMonth":
      return { from: monthStart(today, -1), to: dayBefore(monthStart(today, 0)) };
    case "quarter":
      return { from: monthStart(today, -2), to: today };
    case "year":
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case "months12":
      return { from: monthStart(today, -11), to: today };
    case "own":
      return ownSpan(own, today);
    default:
      return { from: monthStart(today, 0), to: today };
  }
}

/** Half an own period is filled up; a wrong or too long one is cut to what can be asked. */
function ownSpan(own: Span, today: IsoDate): Span {
  const to = parseDate(own.to) ? own.to : today;
  const from = parseDate(own.from) && own.from <= to ? own.from : monthStart(to, 0);
  const earliest = monthStart(to, 1 - MOST_MONTHS);
  return { from: from < earliest ? earliest : from, to };
}

/** What the charts show: a year at least, so that one month is seen beside those before it. */
export function trendOf({ from, to }: Span): Span {
  const year = monthStart(to, 1 - TREND_MONTHS);
  return { from: from < year ? from : year, to };
}

/** The first day of the month that lies `months` after (or before) that of `date`. */
export function monthStart(date: IsoDate, months: number): IsoDate {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = String(Math.floor(month / 12)).padStart(4, "0");
  return `${year}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

function dayBefore(date: IsoDate): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
