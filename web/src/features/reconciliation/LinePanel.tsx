/** One line of a statement: what it is matched with, or what it could be, and booking it. */
import { Button, Checkbox } from "@mantine/core";
import { formatKes, fromDecimal, sumCents } from "@tablebanking/common/money";
import { lazy, Suspense, useState } from "react";
import { KeyValues } from "../../components/KeyValues";
import { SidePanel } from "../../components/SidePanel";
import { label, t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { asRequestError, errorText } from "../../lib/error-text";
import { kes } from "./kes";
import classes from "./Reconciliation.module.css";
import {
  type BankLine,
  type BookMove,
  type MonthKey,
  useMatchLineMutation,
  useMonthPostingsInfiniteQuery,
  useUnmatchLineMutation,
} from "./reconciliation-api";

const BookLineForm = lazy(() => import("./BookLineForm"));

type Props = { line: BankLine; monthKey: MonthKey; mayMatch: boolean; onClose: () => void };

export function LinePanel({ line, monthKey, mayMatch, onClose }: Props) {
  const [booking, setBooking] = useState(false);
  const isMatched = line.entries.length > 0;
  return (
    <SidePanel title={kes(line.amount)} onClose={onClose} testId="line-panel">
      <div className={classes.stack}>
        <KeyValues
          items={[
            { name: t("common.date"), value: plainDate(line.date) },
            { name: t("month.details"), value: line.details },
            { name: t("month.reference"), value: line.reference },
            { name: t("month.lineNumber"), value: line.number },
          ]}
        />
        {isMatched && <Matched line={line} mayMatch={mayMatch} />}
        {!isMatched && mayMatch && <Choose line={line} monthKey={monthKey} />}
        {!isMatched && mayMatch && (
          <section className={classes.stack}>
            <p className={classes.soft}>{t("month.bookHint")}</p>
            <Button variant="default" onClick={() => setBooking(true)} data-testid="book-line">
              {t("month.book")}
            </Button>
          </section>
        )}
        {booking && (
          <Suspense>
            <BookLineForm line={line} monthKey={monthKey} onClose={() => setBooking(false)} />
          </Suspense>
        )}
      </div>
    </SidePanel>
  );
}

function Matched({ line, mayMatch }: { line: BankLine; mayMatch: boolean }) {
  const [unmatch, { isLoading, error }] = useUnmatchLineMutation();
  return (
    <section className={classes.stack} data-testid="line-matched">
      <h3 className={classes.heading}>{t("month.matchedWith")}</h3>
      <ul className={classes.plain}>
        {line.entries.map((entry) => (
          <li key={entry.entryId}>{moveText(entry)}</li>
        ))}
      </ul>
      {mayMatch && (
        <Button
          variant="default"
          loading={isLoading}
          onClick={() => void unmatch(line.id)}
          data-testid="unmatch"
        >
          {t("month.unmatch")}
        </Button>
      )}
      {error && (
        <p role="alert" className={classes.bad}>
          {errorText(asRequestError(error), true)}
        </p>
      )}
    </section>
  );
}

/** Entries of the same amount nearby first, then what else the statement does not show. */
function Choose({ line, monthKey }: { line: BankLine; monthKey: MonthKey }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [match, { isLoading, error }] = useMatchLineMutation();
  const { data } = useMonthPostingsInfiniteQuery({ ...monthKey, account: line.account });
  const known = new Set(line.candidates.map(({ entryId }) => entryId));
  const others = (data?.pages ?? [])
    .flatMap(({ edges }) => edges.map(({ node }) => node))
    .filter(({ entryId, amount }) => !known.has(entryId) && sameWay(amount, line.amount));
  const all = [...line.candidates, ...others];
  const sum = sumCents(
    all.filter(({ entryId }) => chosen.includes(entryId)).map(({ amount }) => fromDecimal(amount)),
  );
  const toggle = (id: string) =>
    setChosen((old) => (old.includes(id) ? old.filter((one) => one !== id) : [...old, id]));
  if (all.length === 0) return <p className={classes.soft}>{t("month.noCandidates")}</p>;
  return (
    <section className={classes.stack}>
      <h3 className={classes.heading}>{t("month.choose")}</h3>
      {all.map((move) => (
        <Checkbox
          key={move.entryId}
          label={moveText(move)}
          checked={chosen.includes(move.entryId)}
          onChange={() => toggle(move.entryId)}
          data-testid="candidate"
        />
      ))}
      <p className={classes.soft}>
        {t("month.chosen", { sum: formatKes(sum), amount: kes(line.amount) })}
      </p>
      {error && (
        <p role="alert" className={classes.bad}>
          {errorText(asRequestError(error), true)}
        </p>
      )}
      <Button
        loading={isLoading}
        disabled={sum !== fromDecimal(line.amount)}
        onClick={() => void match({ lineId: line.id, entryIds: [...chosen] })}
        data-testid="match-line"
      >
        {t("month.matchThese")}
      </Button>
    </section>
  );
}

const sameWay = (one: string, other: string) => one.startsWith("-") === other.startsWith("-");

function moveText({ bookingDate, kind, reference, amount }: BookMove): string {
  return [plainDate(bookingDate), label("entryKind", kind), kes(amount), reference].join(" · ");
}
