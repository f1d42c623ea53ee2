/** An entry of the books as it stands: its accounts with what went in and out of each. */
import { useBookEntryQuery } from "../api/journal";
import { label, t } from "../i18n";
import { plainDate } from "../lib/dates";
import classes from "./EntryLines.module.css";
import { Money } from "./Money";
import { Failed, LoadingRows } from "./States";

export function EntryLines({ entryId, title }: { entryId: string; title: string }) {
  const { currentData: entry, isError, error, refetch } = useBookEntryQuery(entryId);
  if (entry === undefined) {
    return isError ? <Failed error={error} retry={refetch} /> : <LoadingRows />;
  }
  if (entry === null) return <p className={classes.note}>{t("entry.missing")}</p>;
  return (
    <section className={classes.entry} data-testid="entry-lines">
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.note}>
        {t("entry.head", {
          number: entry.sequence,
          date: plainDate(entry.bookingDate),
          reference: entry.reference,
        })}
        {entry.valueDate !== entry.bookingDate && (
          <> · {t("entry.valued", { date: plainDate(entry.valueDate) })}</>
        )}
      </p>
      <table className={classes.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("entry.account")}</th>
            <th scope="col">{t("entry.debit")}</th>
            <th scope="col">{t("entry.credit")}</th>
          </tr>
        </thead>
        <tbody>
          {entry.lines.map((line, index) => (
            // Lines of an entry never change, and two may be the same.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={index}>
              <th scope="row">
                {label("journal", line.account)}
                {line.member && <span className={classes.who}>{line.member.memberName}</span>}
              </th>
              <td>{!line.amount.startsWith("-") && <Money value={line.amount} />}</td>
              <td>{line.amount.startsWith("-") && <Money value={line.amount.slice(1)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {entry.reversedById && <p className={classes.note}>{t("entry.reversed")}</p>}
    </section>
  );
}
