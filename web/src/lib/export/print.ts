import { formatMoney, fromDecimal } from "@tablebanking/common/money";
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
  const table = make("table", make("thead", head), make("tbody", ...body));
  return make("section", make("h1", title), make("p", note), table, { className: "print-sheet" });
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
  return kind === "money" ? formatMoney(fromDecimal(String(found))) : String(found);
}
