import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, formatKes, fromDecimal, sumCents } from "@tablebanking/common/money";
import type { Tone } from "../../components/StatusBadge";
import type { Run, Share } from "./dividends-api";

export const kes = (decimal: string) => formatKes(fromDecimal(decimal));
export const TONES: Record<string, Tone> = {
  DRAFT: "waiting",
  APPROVED: "office",
  POSTED: "office",
  PAID: "good",
  REVERSED: "quiet",
};

/** The running year is a draft; the one before is what is shared out. */
export function years(): string[] {
  const now = Number(todayInNairobi().slice(0, 4));
  return Array.from({ length: 6 }, (_, back) => String(now - back));
}

export const unpaid = (shares: readonly Share[]) => shares.filter(({ paidOn }) => !paidOn);

export function sumOf(shares: readonly Share[]): Cents {
  return sumCents(shares.map(({ amount }) => fromDecimal(amount)));
}

/** The part of the profit that is shared: what is distributable without the fees. */
export function sharedProfit(run: Pick<Run, "distributable" | "appreciationFees">): Cents {
  return fromDecimal(run.distributable) - fromDecimal(run.appreciationFees);
}

export const percent = (share: number) => `${share.toFixed(2)} %`;
