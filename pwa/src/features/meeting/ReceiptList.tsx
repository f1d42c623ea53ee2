import { formatMoney } from "@tablebanking/common/money";
import { receiptOf } from "@tablebanking/common/receipt";
import { useEffect, useState } from "react";
import { Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { type Key, t } from "../../i18n";
import { useData } from "../../state/data";
import {
  byClose,
  entriesOf,
  isClosedHere,
  type ListedMeeting,
  type MeetingEntry,
} from "../../state/meetings";
import { withCode } from "../../state/receipt-sheet";
import { officeWord } from "../../state/words";
import styles from "./step.module.css";

/** What this phone recorded at the meeting: with the minutes, or after them. */
function useEntries(meeting: ListedMeeting) {
  const operations = useData((state) => state.operations);
  return byClose(entriesOf(operations, meeting.id), isClosedHere(operations, meeting.id));
}

/** The receipts of what this phone recorded at the meeting. */
export function ReceiptList({ meeting }: { meeting: ListedMeeting }) {
  const { counted } = useEntries(meeting);
  const numbers = useNumbers(counted);
  if (counted.length === 0) return null;
  return (
    <details>
      <summary className={styles.summary}>
        {t("minutes.receipts", { count: counted.length })}
      </summary>
      <ul>
        {counted.map((entry) => (
          <Row key={entry.operation.id} entry={entry} number={numbers.get(entry.operation.id)} />
        ))}
      </ul>
    </details>
  );
}

/** Money of the meeting that reached the books after it was closed. */
export function LateList({ meeting }: { meeting: ListedMeeting }) {
  const { late } = useEntries(meeting);
  const numbers = useNumbers(late);
  if (late.length === 0) return null;
  return (
    <Section title={t("minutes.late", { count: late.length })}>
      <p>{t("minutes.lateText")}</p>
      <ul data-testid="minutes-late">
        {late.map((entry) => (
          <Row
            key={entry.operation.id}
            entry={entry}
            number={numbers.get(entry.operation.id)}
            office={officeSays(entry)}
          />
        ))}
      </ul>
    </Section>
  );
}

/** What it decided or asks; why it lies there stands above all of them. */
const officeSays = ({ operation: { outcome } }: MeetingEntry) =>
  outcome?.office ? officeWord(outcome.office) : null;

function Row({
  entry: { operation, line },
  number,
  office,
}: {
  entry: MeetingEntry;
  number: string | undefined;
  office?: string | null;
}) {
  return (
    <li className={styles.row} data-testid="minutes-receipt">
      <span className={styles.main}>
        <span className={styles.name}>
          {"memberName" in operation.body ? operation.body.memberName : ""}
        </span>
        <span className={styles.soft}>
          {t(`line.${line.label}` as Key)} · {number}
        </span>
        <StateBadge status={operation.status} />
      </span>
      <span className={styles.amount}>{formatMoney(line.amount)}</span>
      {office && <span className={styles.soft}>{office}</span>}
    </li>
  );
}

function useNumbers(entries: readonly MeetingEntry[]): ReadonlyMap<string, string> {
  const [numbers, setNumbers] = useState<ReadonlyMap<string, string>>(new Map());
  const ids = entries.map(({ operation }) => operation.id).join();
  useEffect(() => {
    let current = true;
    const all = ids === "" ? [] : ids.split(",");
    const named = async (id: string) => {
      const { receiptNumber, receiptCode } = await receiptOf(id);
      return [id, withCode(receiptNumber, receiptCode)] as const;
    };
    void Promise.all(all.map(named)).then((made) => {
      if (current) setNumbers(new Map(made));
    });
    return () => {
      current = false;
    };
  }, [ids]);
  return numbers;
}
