import { formatMoney, fromDecimal, sumCents } from "@tablebanking/common/money";
import { t } from "../../i18n";
import { plainDate } from "../dates";
import type { ExportColumn } from "./rows";
import "./print.css";

/** Lays the whole list out as a plain table beside the app, prints it, and takes it away again. */
export function printRows<T>(
  title: string,
  note: string,
  columns: readonly ExportColumn<T>[],
  rows: readonly T[],
): void {
  document.querySelector(".print-sheet")?.remove();
  const sheet = document.body.appendChild(printSheet(title, note, columns, rows));
  window.addEventListener("afterprint", () => sheet.remove(), { once: true });
  window.print();
}

export function printSheet<T>(
  title: string,
  note: string,
  columns: readonly ExportColumn<T>[],
  rows: readonly T[],
): HTMLElement {
  const head = make("tr", ...columns.map(({ header, kind }) => make("th", header, align(kind))));
  const body = rows.map((row) =>
    make("tr", ...columns.map((column) => make("td", shown(column, row), align(column.kind)))),
  );
  const table = make(
    "table",
    make("thead", head),
    make("tbody", ...body, ...totals(columns, rows)),
  );
  return make("section", make("h1", title), make("p", note), table, { className: "print-sheet" });
}

/** What is added up, as the last line: all rows are on the paper. */
function totals<T>(columns: readonly ExportColumn<T>[], rows: readonly T[]): HTMLElement[] {
  if (!columns.some(({ sum }) => sum) || rows.length === 0) return [];
  const cells = columns.map((column, index) => {
    const text = column.sum ? total(column, rows) : index === 0 ? t("export.total") : "";
    return make("th", text, align(column.kind));
  });
  return [make("tr", ...cells)];
}

function total<T>({ value, kind }: ExportColumn<T>, rows: readonly T[]): string {
  const found = rows.map(value).filter((one) => one !== null && one !== undefined);
  if (kind === "money") return formatMoney(sumCents(found.map((one) => fromDecimal(String(one)))));
  return String(found.reduce<number>((sum, one) => sum + Number(one), 0));
}

type Child = HTMLElement | string | { className: string };

function make(tag: string, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const child of children) {
    if (typeof child === "string" || child instanceof HTMLElement) element.append(child);
    else element.className = child.className;
  }
  return element;
}

const align = (kind: ExportColumn<never>["kind"]) => ({
  className: kind === "money" || kind === "number" ? "end" : "",
});

function shown<T>({ value, kind }: ExportColumn<T>, row: T): string {
  const found = value(row);
  if (found === null || found === undefined) return "";
  if (kind === "date") return plainDate(String(found));
  return kind === "money" ? formatMoney(fromDecimal(String(found))) : String(found);
}
