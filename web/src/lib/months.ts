/** Months in the address are "2026-10". */
import { todayInNairobi } from "@tablebanking/common/dates";

export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, "0")}`;
}

export function thisMonth(): string {
  return todayInNairobi().slice(0, 7);
}

/** The running month and the 23 before it, the newest first. */
export function pastMonths(): string[] {
  const months = [thisMonth()];
  while (months.length < 24) months.push(monthBefore(months.at(-1) ?? ""));
  return months;
}

export function parseMonth(text: string): { year: number; month: number } | null {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return found ? { year: Number(found[1]), month: Number(found[2]) } : null;
}
