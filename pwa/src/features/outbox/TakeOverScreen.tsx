import { formatMoment } from "@tablebanking/common/dates";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../components/Button";
import { FieldError, TextField } from "../../components/Field";
import { LongList } from "../../components/LongList";
import { Screen } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { readCode, WrongCode } from "../../lib/lock-box";
import { NotAParcel } from "../../lib/parcel";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import { openFile, sortParcel, takeOver } from "../../state/hand-over";
import type { Parcel } from "../../state/parcel";
import { usePrefs } from "../../state/prefs";
import { describe, groupNameOf } from "../../state/words";
import styles from "./outbox.module.css";

export function TakeOverScreen() {
  const [parcel, setParcel] = useState<Parcel | null>(null);
  return (
    <Screen title={t("takeOver.title")} back="/outbox">
      {parcel ? <Review parcel={parcel} /> : <Choose onOpen={setParcel} />}
    </Screen>
  );
}

function Choose({ onOpen }: { onOpen: (parcel: Parcel) => void }) {
  const [text, setText] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<"file" | "code" | "format" | null>(null);
  const input = useId();

  const open = async (contents: string, secret: string | null) => {
    setProblem(null);
    try {
      const opened = await openFile(contents, secret);
      if (opened.needsCode) setText(contents);
      else onOpen(opened.parcel);
    } catch (error) {
      if (error instanceof WrongCode) setProblem("code");
      else if (error instanceof NotAParcel) setProblem("file");
      else throw error;
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!text) return;
    if (!readCode(code)) setProblem("format");
    else await open(text, code);
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setText(null);
    setName(file.name);
    await open(await file.text(), null);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{t("takeOver.intro")}</p>
      <div>
        <label className={styles.file} htmlFor={input}>
          {name || t("takeOver.choose")}
        </label>
        <input
          id={input}
          className={styles.hiddenFile}
          type="file"
          accept=".txt,text/plain"
          aria-describedby={`${input}-error`}
          onChange={(event) => void choose(event.target.files?.[0])}
          data-testid="take-over-file"
        />
        <FieldError
          id={`${input}-error`}
          error={problem === "file" ? t("takeOver.noParcel") : null}
        />
      </div>
      {text !== null && (
        <>
          <TextField
            label={t("takeOver.code")}
            value={code}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
            error={
              problem === "code"
                ? t("takeOver.codeWrong")
                : problem === "format"
                  ? t("takeOver.codeFormat")
                  : null
            }
            data-testid="take-over-code"
          />
          <Button look="primary" wide type="submit" data-testid="take-over-open">
            {t("takeOver.open")}
          </Button>
        </>
      )}
    </form>
  );
}

/** Before anything is written: what comes from whom, and what is left out. */
function Review({ parcel }: { parcel: Parcel }) {
  const language = usePrefs((state) => state.language);
  const { operations, groups } = useData();
  const [busy, setBusy] = useState(false);
  const { fresh, known, notMine } = sortParcel(parcel, operations, groups);
  const { name } = parcel.officer;
  const take = async () => {
    setBusy(true);
    try {
      const count = await takeOver(parcel);
      toast(t("takeOver.done", { count, name }));
      navigate("/outbox", { replace: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>{t("takeOver.from", { name, moment: formatMoment(parcel.madeAt, language) })}</p>
      {known > 0 && <p className={styles.soft}>{t("takeOver.known", { count: known })}</p>}
      {notMine > 0 && (
        <p className={styles.soft}>{t("takeOver.notMine", { count: notMine, name })}</p>
      )}
      {fresh.length === 0 ? (
        <p>{t("takeOver.nothing")}</p>
      ) : (
        <>
          <h2>{t("takeOver.fresh", { count: fresh.length })}</h2>
          <LongList
            items={fresh}
            className={styles.list}
            classOf={() => styles.row}
            estimate={64}
            keyOf={({ body }) => body.input.offlineSyncId}
            row={({ body, timestamp }) => (
              <p className={styles.what}>
                <strong>{describe({ body })}</strong>
                <span className={styles.soft}>
                  {[groupNameOf({ body }), formatMoment(timestamp, language)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </p>
            )}
          />
          <Button
            look="primary"
            wide
            disabled={busy}
            onClick={() => void take()}
            data-testid="take-over-take"
          >
            {t("takeOver.take", { count: fresh.length })}
          </Button>
        </>
      )}
    </>
  );
}
