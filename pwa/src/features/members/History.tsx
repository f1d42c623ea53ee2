import { formatDay, formatMonth } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { ReceiptDialog } from "../../components/ReceiptDialog";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { Contribution } from "../../lib/model";
import { navigate } from "../../lib/router";
import { type Entry, type Month, useHistory } from "../../state/history";
import { usePrefs } from "../../state/prefs";
import { SIGNS } from "../../state/statement";
import styles from "./history.module.css";

const AT_ONCE = 3;

/** By month, the newest first; older months when they are asked for. */
export function History({ memberId }: { memberId: string }) {
  const months = useHistory(memberId);
  const [shown, setShown] = useState(AT_ONCE);
  const [receipt, setReceipt] = useState<Contribution | null>(null);
  if (months === null) return null;
  if (months.length === 0) return <p className={styles.soft}>{t("member.noPayments")}</p>;
  return (
    <>
      {months.slice(0, shown).map((month) => (
        <MonthList key={month.month} month={month} onReceipt={setReceipt} />
      ))}
      {months.length > shown && (
        <Button wide onClick={() => setShown(shown + AT_ONCE)} data-testid="history-more">
          {t("history.earlier")}
        </Button>
      )}
      {receipt && <ReceiptDialog contribution={receipt} onClose={() => setReceipt(null)} />}
    </>
  );
}

function MonthList({
  month: { month, entries, paidIn, paidOut },
  onReceipt,
}: {
  month: Month;
  onReceipt: (contribution: Contribution) => void;
}) {
  const language = usePrefs((state) => state.language);
  const sums = [
    paidIn > 0 && t("history.in", { amount: formatMoney(paidIn) }),
    paidOut > 0 && t("history.out", { amount: formatMoney(paidOut) }),
  ];
  return (
    <div>
      <div className={styles.month}>
        <h3>{formatMonth(month, language)}</h3>
        <span>{sums.filter(Boolean).join(" · ")}</span>
      </div>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <EntryRow entry={entry} language={language} onReceipt={onReceipt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function EntryRow({
  entry,
  language,
  onReceipt,
}: {
  entry: Entry;
  language: string;
  onReceipt: (contribution: Contribution) => void;
}) {
  const { contribution, loanId, status } = entry;
  const second = [
    formatDay(entry.date, language),
    entry.note,
    entry.reversed && t("history.reversed"),
  ];
  const words = (
    <>
      <span className={styles.what}>
        <span className={styles.name}>{t(entry.what)}</span>
        <span className={styles.soft}>{second.filter(Boolean).join(" · ")}</span>
      </span>
      <span className={styles.sum}>
        <span className={entry.reversed ? styles.gone : styles.amount}>
          {SIGNS[entry.direction]}
          {formatMoney(entry.amount)}
        </span>
        {status !== "saved" && <StateBadge status={status} />}
      </span>
    </>
  );
  const open = contribution
    ? () => onReceipt(contribution)
    : loanId
      ? () => navigate(`/loans/${loanId}`)
      : null;
  if (!open) return <div className={styles.row}>{words}</div>;
  return (
    <button type="button" className={styles.row} onClick={open}>
      {words}
    </button>
  );
}
