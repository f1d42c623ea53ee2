/**
 * Money that goes out is weighed against what should lie on the table. It warns and does not
 * forbid: what was handed out is a fact, and the count will show it.
 */
import { type Cents, formatKes } from "@tablebanking/common/money";
import { t } from "../i18n";
import type { PaymentMethod } from "../lib/model";
import { cashOf } from "../state/balances";
import { useData } from "../state/data";
import styles from "./CashWarning.module.css";
import { Icon } from "./Icon";

interface Props {
  groupId: string;
  method: PaymentMethod;
  amount: Cents;
}

export function CashWarning({ groupId, method, amount }: Props) {
  const { groups, operations, copiedAt } = useData();
  const group = groups.get(groupId);
  if (!group || method !== "CASH") return null;
  const { total } = cashOf(group, operations, copiedAt.get(groupId) ?? 0);
  const values = { amount: formatKes(total) };
  if (amount <= total) return <p className={styles.soft}>{t("payOut.cash", values)}</p>;
  return (
    <p className={styles.warning} role="alert" data-testid="cash-warning">
      <Icon name="alert" size={20} />
      <span>{t("payOut.notEnough", values)}</span>
    </p>
  );
}
