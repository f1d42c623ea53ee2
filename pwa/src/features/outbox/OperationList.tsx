import { formatDate } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { LongList } from "../../components/LongList";
import { t } from "../../i18n";
import type { Operation } from "../../lib/model";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import type { Behind } from "../../state/words";
import { byDay, type Entry } from "./days";
import { OperationRow } from "./OperationRow";
import styles from "./outbox.module.css";

interface Props {
  operations: readonly Operation[];
  behind: ReadonlyMap<string, Behind>;
}

const ROW_HEIGHT = 64;
/** Fewer are seen at once anyway. */
const GROUPED_FROM = 6;

export function OperationList({ operations, behind }: Props) {
  const grouped = operations.length >= GROUPED_FROM;
  const entries: Entry[] = grouped
    ? byDay(operations)
    : operations.map((operation) => ({ kind: "operation", key: operation.id, operation }));
  return (
    <LongList
      items={entries}
      className={styles.list}
      estimate={ROW_HEIGHT}
      keyOf={(entry) => entry.key}
      classOf={(entry) => (entry.kind === "day" ? styles.day : styles.row)}
      row={(entry) =>
        entry.kind === "day" ? (
          <Day {...entry} />
        ) : (
          <OperationRow
            operation={entry.operation}
            behind={behind.get(entry.operation.id) ?? null}
            grouped={grouped}
          />
        )
      }
    />
  );
}

function Day({ groupId, day, count, cash }: Extract<Entry, { kind: "day" }>) {
  const language = usePrefs((state) => state.language);
  const group = useData((state) => state.groups.get(groupId)?.name);
  return (
    <>
      <h3>{[group, formatDate(day, language)].filter(Boolean).join(" · ")}</h3>
      <p>
        {t("outbox.dayCount", { count })}
        {cash > 0 && ` · ${t("outbox.dayCash", { amount: formatMoney(cash) })}`}
      </p>
    </>
  );
}
