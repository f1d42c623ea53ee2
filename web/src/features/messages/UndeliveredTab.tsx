/** What workers gave up: a person decides whether it is sent again. */
import { Button, Checkbox } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { nodes } from "../../api/groups";
import { TO_DANGER } from "../../components/danger";
import { FilterSelect } from "../../components/FilterSelect";
import { ListPage } from "../../components/ListPage";
import { PagedTable } from "../../components/PagedTable";
import { RowCard } from "../../components/RowCard";
import { Empty } from "../../components/States";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { useFilters, useOpened } from "../../lib/use-filters";
import { GiveUpForm, SendAgain } from "./Decisions";
import { MOST_AT_ONCE, shortWhy, stillThere, TOPICS } from "./dead-letters";
import { type DeadLetter, useDeadLettersInfiniteQuery } from "./dead-letters-api";
import { LetterPanel } from "./LetterPanel";
import { Choose, letterColumns } from "./letter-columns";
import classes from "./Messages.module.css";

type Asking = { what: "resend" | "dismiss"; letters: readonly DeadLetter[] };

const NOBODY: ReadonlySet<string> = new Set();

export function UndeliveredTab() {
  const filters = useFilters({ topic: "" });
  const { values, set } = filters;
  const [opened, open] = useOpened("letter");
  const [chosen, setChosen] = useState(NOBODY);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [said, setSaid] = useState("");
  const query = useDeadLettersInfiniteQuery(
    { topic: values.topic || null },
    { refetchOnFocus: true },
  );
  const rows = nodes(query.currentData?.pages);
  const letters = stillThere(rows, chosen);
  const letter = rows.find(({ id }) => id === opened);
  const choose = useCallback(
    (id: string, on: boolean) =>
      setChosen((old) => new Set(on ? [...old, id] : [...old].filter((other) => other !== id))),
    [],
  );
  const columns = useMemo(() => letterColumns(chosen, choose), [chosen, choose]);
  const done = (words: string) => {
    setAsking(null);
    setChosen(NOBODY);
    open(null);
    setSaid(words);
  };
  return (
    <ListPage
      title={t("undelivered.title")}
      count={(count) => t("undelivered.count", { count })}
      query={query}
      testId="undelivered-page"
      actions={
        <>
          {said && (
            <span role="status" className={classes.said} data-testid="undelivered-said">
              {said}
            </span>
          )}
          <Decide letters={letters} onAsk={(what) => setAsking({ what, letters })} name="chosen" />
        </>
      }
      filters={
        <>
          <FilterSelect
            label={t("undelivered.topic")}
            all={t("undelivered.allTopics")}
            options={TOPICS.map((value) => ({ value, label: t(`deadTopic.${value}`) }))}
            value={values.topic}
            onChange={(topic) => {
              setChosen(NOBODY);
              set({ topic });
            }}
            testId="undelivered-topic"
          />
          {rows.length > 0 && (
            <Checkbox
              label={t("undelivered.chooseAll")}
              checked={letters.length === Math.min(rows.length, MOST_AT_ONCE)}
              indeterminate={letters.length > 0 && letters.length < rows.length}
              onChange={(event) => setChosen(event.currentTarget.checked ? firstOf(rows) : NOBODY)}
              data-testid="undelivered-all"
            />
          )}
        </>
      }
      panel={
        letter && (
          <LetterPanel letter={letter} onClose={() => open(null)}>
            <Decide
              letters={[letter]}
              onAsk={(what) => setAsking({ what, letters: [letter] })}
              name="one"
            />
          </LetterPanel>
        )
      }
    >
      <PagedTable
        label={t("undelivered.title")}
        testId="undelivered-table"
        query={query}
        columns={columns}
        card={(row) => (
          <div className={classes.card}>
            <Choose letter={row} chosen={chosen} onChoose={choose} />
            <RowCard
              title={row.member?.memberName ?? label("deadTopic", row.topic)}
              detail={momentText(row.deadAt)}
              state={shortWhy(row.code)}
            />
          </div>
        )}
        rowTestId="undelivered-row"
        selectedKey={opened}
        onOpen={open}
        empty={
          <Empty
            title={t(filters.narrowed ? "undelivered.noMatch" : "undelivered.empty")}
            hint={filters.narrowed ? undefined : t("undelivered.emptyHint")}
          />
        }
      />
      {asking?.what === "resend" && (
        <SendAgain letters={asking.letters} onDone={done} onClose={() => setAsking(null)} />
      )}
      {asking?.what === "dismiss" && (
        <GiveUpForm letters={asking.letters} onDone={done} onClose={() => setAsking(null)} />
      )}
    </ListPage>
  );
}

const firstOf = (rows: readonly DeadLetter[]) =>
  new Set(rows.slice(0, MOST_AT_ONCE).map(({ id }) => id));

type DecideProps = {
  letters: readonly DeadLetter[];
  onAsk: (what: Asking["what"]) => void;
  name: "chosen" | "one";
};

function Decide({ letters, onAsk, name }: DecideProps) {
  const count = letters.length;
  const words = (one: "undelivered.resend" | "undelivered.dismiss") =>
    name === "chosen" && count > 0 ? `${t(one)} (${count})` : t(one);
  return (
    <div className={classes.actions}>
      <Button
        {...TO_DANGER}
        disabled={count === 0}
        onClick={() => onAsk("dismiss")}
        data-testid={`dismiss-${name}`}
      >
        {words("undelivered.dismiss")}
      </Button>
      <Button
        leftSection={<IconRefresh size={16} aria-hidden />}
        disabled={count === 0}
        onClick={() => onAsk("resend")}
        data-testid={`resend-${name}`}
      >
        {words("undelivered.resend")}
      </Button>
    </div>
  );
}
