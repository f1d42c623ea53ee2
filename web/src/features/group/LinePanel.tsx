/** A line of the cash ledger with the entry that it belongs to, and the way to take that back. */
import { Button } from "@mantine/core";
import { formatKes, fromDecimal, toDecimal } from "@tablebanking/common/money";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { type BookEntry, useBookEntryQuery } from "../../api/journal";
import { EntryLines } from "../../components/EntryLines";
import { KeyValues } from "../../components/KeyValues";
import { PanelHead } from "../../components/PanelHead";
import { ReverseForm } from "../../components/ReverseForm";
import { SidePanel } from "../../components/SidePanel";
import { StatusBadge } from "../../components/StatusBadge";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { lineText } from "../../lib/line-text";
import classes from "./LinePanel.module.css";
import type { Line } from "./ledger-merge";

type Props = { line: Line; onClose: () => void };

export function LinePanel({ line, onClose }: Props) {
  const { category, amount, balanceAfter, reversedById } = line;
  return (
    <SidePanel title={lineText(line)} onClose={onClose} testId="ledger-panel">
      <div className={classes.stack}>
        <PanelHead amount={formatKes(fromDecimal(amount))}>
          {reversedById && <StatusBadge tone="quiet" text={t("funds.reversed")} />}
        </PanelHead>
        <KeyValues
          items={[
            { name: t("review.what"), value: t(`ledger.way.${category}`) },
            { name: t("common.date"), value: plainDate(line.transactionDate) },
            { name: t("ledger.account"), value: label("account", line.account) },
            { name: t("ledger.reference"), value: line.referenceDoc },
            { name: t("ledger.after"), value: formatKes(fromDecimal(balanceAfter)) },
          ]}
        />
        <EntryLines entryId={line.entryId} title={t("review.books")} />
        {line.canReverse && <Undo line={line} />}
      </div>
    </SidePanel>
  );
}

/** The entry is undone, not the line: its amount and the number of its lines are the entry's. */
function Undo({ line }: { line: Line }) {
  const [undoing, setUndoing] = useState(false);
  const { currentData: entry } = useBookEntryQuery(line.entryId);
  return (
    <div className={classes.undo}>
      <Button
        variant="default"
        color="red"
        className={classes.button}
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        disabled={!entry}
        onClick={() => setUndoing(true)}
        data-testid="undo-line"
      >
        {t("contribution.undo")}
      </Button>
      <p className={classes.note}>{t("ledger.undoNote")}</p>
      {undoing && entry && (
        <ReverseForm
          entryId={line.entryId}
          amount={wholeAmount(entry)}
          facts={[
            { name: t("review.what"), value: lineText(line) },
            { name: t("common.date"), value: plainDate(line.transactionDate) },
            {
              name: t("ledger.undone"),
              value: t("ledger.allLines", { count: entry.lines.length }),
            },
          ]}
          onClose={() => setUndoing(false)}
        />
      )}
    </div>
  );
}

/** What the entry moved: all that its lines put in; the others take as much out. */
export function wholeAmount({ lines }: Pick<BookEntry, "lines">): string {
  const cents = lines.map(({ amount }) => Math.max(fromDecimal(amount), 0));
  return toDecimal(cents.reduce((sum, one) => sum + one, 0));
}
