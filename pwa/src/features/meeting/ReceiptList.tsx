import { formatMoney } from "@tablebanking/common/money";
import { receiptNumber } from "@tablebanking/common/receipt";
import { useEffect, useState } from "react";
import { StateBadge } from "../../components/StateBadge";
import { type Key, t } from "../../i18n";
import { useData } from "../../state/data";
import { entriesOf, type ListedMeeting } from "../../state/meetings";
import styles from "./step.module.css";

/** The receipts of what this phone recorded at the meeting. */
export function ReceiptList({ meeting }: { meeting: ListedMeeting }) {
  const operations = useData((state) => state.operations);
  const entries = entriesOf(operations, meeting.id);
  const [numbers, setNumbers] = useState<ReadonlyMap<string, string>>(new Map());
  const ids = entries.map(({ operation }) => operation.id).join();
  useEffect(() => {
    let current = true;
    const all = ids === "" ? [] : ids.split(",");
    void Promise.all(all.map(async (id) => [id, await receiptNumber(id)] as const)).then((made) => {
      if (current) setNumbers(new Map(made));
    });
    return () => {
      current = false;
    };
  }, [ids]);
  if (entries.length === 0) return null;
  return (
    <details>
      <summary className={styles.summary}>
        {t("minutes.receipts", { count: entries.length })}
      </summary>
      <ul>
        {entries.map(({ operation, line }) => (
          <li key={operation.id} className={styles.row} data-testid="minutes-receipt">
            <span className={styles.main}>
              <span className={styles.name}>
                {"memberName" in operation.body ? operation.body.memberName : ""}
              </span>
              <span className={styles.soft}>
                {t(`line.${line.label}` as Key)} · {numbers.get(operation.id)}
              </span>
              <StateBadge status={operation.status} />
            </span>
            <span className={styles.amount}>{formatMoney(line.amount)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
