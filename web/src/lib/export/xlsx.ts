/**
 * One sheet of one list as an XLSX file. Fetched only when somebody asks for it. The few parts such a
 * file must have are written here: text as text (Excel computes none of it), money as numbers.
 */
import type { ExportColumn } from "./rows";
import { zip } from "./zip";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WIDTHS = { text: 28, money: 16, number: 12, date: 13 } as const;
/** Positions in cellXfs of `STYLES`. */
const STYLE = { head: 1, money: 2, date: 3, headEnd: 4 } as const;
/** Day 0 of Excel's calendar, which believes in a 29 February 1900. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** What one cell holds at most. */
const LONGEST = 32_767;

export function toXlsx<T>(columns: readonly ExportColumn<T>[], rows: readonly T[]): Blob {
  const files = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      "worksheet",
      "worksheets/sheet1.xml",
      "styles",
      "styles.xml",
    ),
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": toSheet(columns, rows),
  };
  return new Blob([zip(files)], { type: XLSX_TYPE });
}

export function toSheet<T>(columns: readonly ExportColumn<T>[], rows: readonly T[]): string {
  const widths = columns.map(
    ({ kind = "text" }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`,
  );
  const head = columns.map(({ header, kind }) =>
    text(header, kind === "money" || kind === "number" ? STYLE.headEnd : STYLE.head),
  );
  const body = rows.map(
    (row) => `<row>${columns.map((column) => cell(column, row)).join("")}</row>`,
  );
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join("")}</cols>` +
    `<sheetData><row>${head.join("")}</row>${body.join("")}</sheetData></worksheet>`
  );
}

function cell<T>({ value, kind }: ExportColumn<T>, row: T): string {
  const found = value(row);
  if (found === null || found === undefined || found === "") return "<c/>";
  const written = String(found);
  const numeric = kind === "money" || kind === "number" || typeof found === "number";
  if (numeric && /^-?\d+(\.\d+)?$/.test(written)) {
    return number(written, kind === "money" ? STYLE.money : 0);
  }
  if (kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(written)) {
    return number(String((Date.parse(`${written}T00:00:00Z`) - EPOCH) / DAY_MS), STYLE.date);
  }
  return text(written, 0);
}

const number = (digits: string, style: number) => `<c s="${style}"><v>${digits}</v></c>`;
const text = (words: string, style: number) =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(words)}</t></is></c>`;

function escapeXml(words: string): string {
  return words
    .slice(0, LONGEST)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Pairs of a kind and its part. */
function relations(...pairs: string[]): string {
  const found: string[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    found.push(
      `<Relationship Id="rId${at / 2 + 1}" Type="${RELATIONS}/${pairs[at]}" Target="${pairs[at + 1]}"/>`,
    );
  }
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${found.join("")}</Relationships>`;
}

const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const CONTENT_TYPES =
  `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`;

const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="right"/></xf></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
