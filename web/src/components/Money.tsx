import { formatMoney, fromDecimal } from "@tablebanking/common/money";

/** An amount from the API, grouped, two places, tabular figures. The currency stands in the head. */
export function Money({ value, className }: { value: string; className?: string }) {
  return <span className={`money ${className ?? ""}`}>{formatMoney(fromDecimal(value))}</span>;
}
