/** How a repayment would be divided, before it is recorded; the same arithmetic as the phone's. */
import { type Allocation, allocate } from "@tablebanking/common/allocation";
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, formatKes } from "@tablebanking/common/money";
import { dueToday, settlesToday } from "@tablebanking/common/repayment";
import { readLoan } from "@tablebanking/common/running-loan";
import type { KeyValue } from "../../components/KeyValues";
import { t } from "../../i18n";
import type { Loan, LoanFines } from "./loans-api";

export function divide(
  loan: Loan,
  fines: readonly LoanFines[],
  cents: Cents | null,
  day: IsoDate,
): Allocation | null {
  if (!cents || !day || !loan.disbursedOn || day < loan.disbursedOn) return null;
  return allocate(readLoan(loan, fines), cents, day);
}

const PARTS = ["fines", "interest", "principal", "savings", "recovered"] as const;

export function divisionFacts(parts: Allocation): KeyValue[] {
  return PARTS.filter((part) => parts[part] > 0).map((part) => ({
    name: t(`split.${part}`),
    value: formatKes(parts[part]),
    figure: true,
    testId: `split-${part}`,
  }));
}

/** What is due by a day, and what settles the loan then. */
export function amountsOn(loan: Loan, fines: readonly LoanFines[], day: IsoDate) {
  const running = readLoan(loan, fines);
  return { due: dueToday(running, day), settles: settlesToday(running, day) };
}
