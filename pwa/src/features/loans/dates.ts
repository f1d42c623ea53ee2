import { formatDate, type IsoDate } from "@tablebanking/common/dates";

/** "22 Nov 2026": without the weekday, for narrow columns. */
export const shortDate = (date: IsoDate, language: string): string =>
  formatDate(date, language).replace(/^[^,]*, /, "");
