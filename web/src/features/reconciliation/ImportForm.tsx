/** A bank's or M-Pesa's file: taken whole or not at all; wrong lines are listed and may be left out. */
import { Button, Checkbox, FileInput } from "@mantine/core";
import { parseMoney, toDecimal } from "@tablebanking/common/money";
import { useState } from "react";
import { FormDrawer } from "../../components/FormDrawer";
import { MoneyInput } from "../../components/MoneyInput";
import type { MoneyAccount } from "../../gen/graphql";
import { hasWord, t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import classes from "./Reconciliation.module.css";
import { readCsv, type WrongRow, wrongRows } from "./read-file";
import { type MonthKey, useImportStatementMutation } from "./reconciliation-api";

type Props = { monthKey: MonthKey; account: MoneyAccount; onClose: () => void };
type Values = { csv: string; opening: string; closing: string; leaveOut: number[] };

export default function ImportForm({ monthKey, account, onClose }: Props) {
  const [send] = useImportStatementMutation();
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<WrongRow[]>([]);
  const form = useForm<Values, unknown>({
    initial: { csv: "", opening: "", closing: "", leaveOut: [] },
    check,
    send: ({ csv, opening, closing, leaveOut }) =>
      send({
        ...monthKey,
        account,
        csv,
        opening: amountOrNull(opening),
        closing: amountOrNull(closing),
        leaveOut,
      }),
    onDone: onClose,
    onRefused: (error) => {
      const rows = wrongRows(error.failures);
      setWrong(rows);
      return rows.length > 0;
    },
  });
  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setWrong([]);
    form.change({ csv: chosen ? await readCsv(chosen) : "", leaveOut: [] });
  };
  return (
    <FormDrawer
      title={`${t("month.import")} · ${t(`account.${account}`)}`}
      submitLabel={t("month.importSubmit")}
      submitTestId="import-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.soft}>{t("month.importHint")}</p>
      <FileInput
        label={t("month.file")}
        placeholder={t("month.fileChoose")}
        accept=".csv,.txt,text/csv,text/plain"
        value={file}
        error={form.errors.fields.csv}
        onChange={(chosen) => void choose(chosen)}
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        data-testid="import-file"
      />
      {(["opening", "closing"] as const).map((name) => (
        <MoneyInput
          key={name}
          label={`${t(`month.file.${name}`)} (${t("common.optional")})`}
          description={t("month.fileBalances")}
          value={form.values[name]}
          error={form.errors.fields[name]}
          onChange={(value) => form.change({ [name]: value })}
          testId={`import-${name}`}
        />
      ))}
      {wrong.length > 0 && (
        <WrongRows
          rows={wrong}
          chosen={form.values.leaveOut}
          onChange={(leaveOut) => form.change({ leaveOut })}
        />
      )}
    </FormDrawer>
  );
}

type WrongProps = {
  rows: readonly WrongRow[];
  chosen: readonly number[];
  onChange: (lines: number[]) => void;
};

function WrongRows({ rows, chosen, onChange }: WrongProps) {
  const lines = [...new Set(rows.map(({ line }) => line))];
  const toggle = (line: number) =>
    onChange(chosen.includes(line) ? chosen.filter((one) => one !== line) : [...chosen, line]);
  return (
    <section className={classes.wrong} role="alert" data-testid="wrong-rows">
      <p className={classes.heading}>{t("month.wrong", { count: lines.length })}</p>
      <p className={classes.soft}>{t("month.wrongHint")}</p>
      <ul className={classes.plain}>
        {rows.map((row) => (
          <li key={`${row.line}.${row.column}.${row.code}`}>
            {t("month.wrongRow", { line: row.line, why: rowText(row) })}
          </li>
        ))}
      </ul>
      {lines.map((line) => (
        <Checkbox
          key={line}
          label={t("month.leaveOut", { line })}
          checked={chosen.includes(line)}
          onChange={() => toggle(line)}
          data-testid={`leave-out-${line}`}
        />
      ))}
      {lines.length > 1 && (
        <Button size="xs" variant="default" onClick={() => onChange(lines)}>
          {t("month.leaveOutAll")}
        </Button>
      )}
    </section>
  );
}

function rowText({ code, message }: WrongRow): string {
  const key = `month.row.${code}`;
  return hasWord(key) ? t(key) : message;
}

function check({ csv, opening, closing }: Values): Record<string, string> {
  const found: Record<string, string> = {};
  if (!csv.trim()) found.csv = t("month.fileMissing");
  if (opening.trim() && parseMoney(opening) === null) found.opening = t("month.closingWrong");
  if (closing.trim() && parseMoney(closing) === null) found.closing = t("month.closingWrong");
  return found;
}

function amountOrNull(text: string): string | null {
  const cents = parseMoney(text);
  return cents === null ? null : toDecimal(cents);
}
