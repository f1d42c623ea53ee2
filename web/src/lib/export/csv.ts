import type { ExportColumn } from "./rows";

/** With a mark of UTF-8 in front, without which Excel misreads what is not ASCII. */
export function toCsv<T>(columns: readonly ExportColumn<T>[], rows: readonly T[]): Blob {
  const lines = [
    columns.map(({ header }) => quote(neutral(header))),
    ...rows.map((row) => columns.map((column) => cell(column, row))),
  ];
  const text = lines.map((line) => `${line.join(",")}\r\n`).join("");
  return new Blob([`\uFEFF${text}`], { type: "text/csv;charset=utf-8" });
}

function cell<T>({ value, kind }: ExportColumn<T>, row: T): string {
  const found = value(row);
  if (found === null || found === undefined) return "";
  // Amounts are numbers to the server: a leading minus is no formula there.
  const plain = typeof found === "number" || kind === "money" || kind === "number";
  const number = plain && /^-?\d+(\.\d+)?$/.test(String(found));
  return number ? String(found) : quote(neutral(String(found)));
}

/** A spreadsheet takes text that begins like this for a formula; a name must not become one. */
function neutral(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
