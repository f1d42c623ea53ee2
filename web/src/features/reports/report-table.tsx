/** A report's columns as a table shows them, and as a card on a phone. */
import type { ReactNode } from "react";
import type { Column } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { RowCard } from "../../components/RowCard";
import { plainDate } from "../../lib/dates";
import type { ReportColumn } from "./report";

const WIDTHS = {
  text: "minmax(110px, 1fr)",
  money: "minmax(112px, 0.8fr)",
  date: "108px",
  number: "96px",
};

export function tableColumns<T>(columns: readonly ReportColumn<T>[]): Column<T>[] {
  return columns
    .filter(({ hide }) => hide !== "always")
    .map((column) => {
      const kind = column.kind ?? "text";
      return {
        key: column.key,
        header: column.header,
        width: column.width ?? WIDTHS[kind],
        align: kind === "money" || kind === "number" ? "end" : undefined,
        hide: column.hide === "always" ? undefined : column.hide,
        render: (row: T) => <Shown column={column} row={row} />,
      };
    });
}

function Shown<T>({ column, row }: { column: ReportColumn<T>; row: T }) {
  const text = plain(column, row);
  return typeof text === "string" ? <span title={text}>{text}</span> : text;
}

function plain<T>({ kind, value }: ReportColumn<T>, row: T): ReactNode {
  const found = value(row);
  if (found === null || found === undefined || found === "") return kind === "money" ? "" : "—";
  if (kind === "money") return <Money value={String(found)} />;
  return kind === "date" ? plainDate(String(found)) : String(found);
}

/** The first word that names the row, its last amount, and what else is short. */
export function reportCard<T>(columns: readonly ReportColumn<T>[], row: T): ReactNode {
  const texts = columns.filter(
    ({ kind, hide }) => kind !== "money" && kind !== "number" && hide !== "always",
  );
  const title = texts.find(({ kind }) => kind !== "date") ?? texts[0];
  const amounts = columns.filter(({ kind, hide }) => !hide && kind === "money");
  const counts = columns.filter(({ kind, hide }) => !hide && kind === "number");
  const details = texts
    .filter((column) => column !== title)
    .map((column) => plain(column, row))
    .filter((text) => typeof text === "string" && text !== "—");
  const amount = amounts.findLast(({ value }) => value(row) != null) ?? counts.at(-1);
  return (
    <RowCard
      title={title ? plain(title, row) : ""}
      amount={amount && plain(amount, row)}
      detail={details.slice(0, 3).join(" · ")}
    />
  );
}
