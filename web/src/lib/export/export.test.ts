import { expect, test, vi } from "vitest";
import { toCsv } from "./csv";
import { printSheet } from "./print";
import { type ExportColumn, fetchAll, fileName } from "./rows";
import { toSheet, toXlsx } from "./xlsx";
import { crc32 } from "./zip";

type Row = { name: string; paid: string; on: string; count: number | null };
const COLUMNS: ExportColumn<Row>[] = [
  { header: "Name", value: (row) => row.name },
  { header: "Paid, KES", value: (row) => row.paid, kind: "money" },
  { header: "On", value: (row) => row.on, kind: "date" },
  { header: "Count", value: (row) => row.count, kind: "number" },
];
const row = (changed: Partial<Row> = {}): Row => ({
  name: "Jane",
  paid: "12500.00",
  on: "2026-11-27",
  count: 3,
  ...changed,
});
const lines = async (rows: Row[]) => (await toCsv(COLUMNS, rows).text()).trim().split("\r\n");

test("CSV quotes what would break a line, and begins with a mark of UTF-8", async () => {
  const csv = toCsv(COLUMNS, [row({ name: 'Jane "JW", Wanjiku', count: null })]);
  expect([...new Uint8Array(await csv.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect((await lines([row({ name: 'Jane "JW", W', count: null })]))[1]).toBe(
    '"Jane ""JW"", W",12500.00,2026-11-27,',
  );
});

test("CSV gives no text that a spreadsheet would compute, and leaves amounts numbers", async () => {
  for (const name of ["=1+1", "+254", "-2", "@SUM(A1)", " =1", "\t=1"]) {
    const [, line = ""] = await lines([row({ name })]);
    expect(line.replace(/^"/, "").startsWith("'")).toBe(true);
  }
  expect((await lines([row({ paid: "-20.50" })]))[1]).toContain("Jane,-20.50,");
});

test("XLSX has money and dates as numbers, and text as text", () => {
  const sheet = toSheet(COLUMNS, [row({ name: "=1+1 <&>\u0000" })]);
  expect(sheet).toContain('t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;&amp;&gt;</t>');
  expect(sheet).toContain('<c s="2"><v>12500.00</v></c>');
  expect(sheet).toContain('<c s="3"><v>46353</v></c>');
  expect(sheet).toContain('<c s="0"><v>3</v></c>');
  expect(
    new DOMParser().parseFromString(sheet, "text/xml").querySelector("parsererror"),
  ).toBeNull();
});

test("the XLSX file is a ZIP whose directory says where its parts lie", async () => {
  const bytes = new Uint8Array(await toXlsx(COLUMNS, [row()]).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  expect(view.getUint16(end + 10, true)).toBe(6);
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < 6; entry += 1) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    expect(view.getUint32(view.getUint32(at + 42, true), true)).toBe(0x04034b50);
    at += 46 + view.getUint16(at + 28, true);
  }
  expect(at).toBe(end);
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

test("paper shows amounts grouped, and nothing of a name as markup", () => {
  const sheet = printSheet("Loans", "Printed", COLUMNS, [row({ name: "<b>Jane</b>" })]);
  expect(sheet.querySelector("td.end")?.textContent).toBe("12,500.00");
  expect(sheet.querySelector("b")).toBeNull();
});

test("paper has totals of what adds up, to the cent, and of nothing else", () => {
  const columns: ExportColumn<{ name: string; paid: string | null; days: number }>[] = [
    { header: "Member", value: ({ name }) => name },
    { header: "Paid", kind: "money", sum: true, value: ({ paid }) => paid },
    { header: "Days", kind: "number", value: ({ days }) => days },
  ];
  const rows = [
    { name: "Jane", paid: "0.10", days: 3 },
    { name: "Ali", paid: "1200.20", days: 4 },
    { name: "Fatuma", paid: null, days: 5 },
  ];
  const last = printSheet("Paid", "", columns, rows).querySelector("tbody tr:last-child");
  expect([...(last?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
    "Total",
    "1,200.30",
    "",
  ]);
});

const pages = (sizes: number[]) => {
  let page = 0;
  return vi.fn(async (_after: string | null, _signal: AbortSignal) => {
    const size = sizes[page] ?? 0;
    page += 1;
    return {
      totalCount: sizes.reduce((sum, next) => sum + next, 0),
      pageInfo: { hasNextPage: page < sizes.length, endCursor: `c${page}` },
      edges: Array.from({ length: size }, (_, index) => ({ node: `${page}.${index}` })),
    };
  });
};

test("an export fetches all pages, each from the end of the one before, and says how far it is", async () => {
  const source = pages([2, 2, 1]);
  const progress = vi.fn();
  const rows = await fetchAll(source, progress, new AbortController().signal);
  expect(rows).toEqual(["1.0", "1.1", "2.0", "2.1", "3.0"]);
  expect(source.mock.calls.map(([after]) => after)).toEqual([null, "c1", "c2"]);
  expect(progress.mock.calls.map(([{ done, total }]) => [done, total])).toEqual([
    [2, 5],
    [4, 5],
    [5, 5],
  ]);
});

test("an export that is cancelled asks for no further page", async () => {
  const source = pages([2, 2, 1]);
  const controller = new AbortController();
  const run = fetchAll(source, () => controller.abort(), controller.signal);
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
  expect(source).toHaveBeenCalledOnce();
});

test("a file's name holds nothing that a disk refuses", () => {
  expect(fileName('Loans: A/B "x"', "2026-11-27", "csv")).toBe("Loans A B x 2026-11-27.csv");
});
