import { expect, test } from "vitest";
import { monthBefore, parseMonth } from "../../lib/months";
import { readCsv, wrongRows } from "./read-file";
import type { MonthAccount } from "./reconciliation-api";
import { kindsOf } from "./sheet";

test("months go over the year's end, and an address that is no month is none", () => {
  expect(monthBefore("2026-01")).toBe("2025-12");
  expect(monthBefore("2026-11")).toBe("2026-10");
  expect(parseMonth("2026-10")).toEqual({ year: 2026, month: 10 });
  for (const wrong of ["2026-13", "2026-1", "x", ""]) expect(parseMonth(wrong)).toBeNull();
});

test("a bank's file is read as the bank wrote it", async () => {
  const bytes = (...values: number[]) => new Blob([new Uint8Array(values)]);
  expect(await readCsv(bytes(0xff, 0xfe, 0x41, 0, 0xe9, 0))).toBe("A\u00e9");
  expect(await readCsv(new Blob(["Jos\u00e9"]))).toBe("Jos\u00e9");
  expect(await readCsv(bytes(0x4a, 0x6f, 0x73, 0xe9))).toBe("Jos\u00e9");
});

test("wrong cells are told by their line", () => {
  const failures = [
    { code: "BAD_DATE", message: "No date.", field: "csv.4.date" },
    { code: "DUPLICATE_ROW", message: "Again.", field: "input.csv.7.reference" },
    { code: "CLOSING_MISSING", message: "No closing.", field: "closing" },
  ];
  expect(wrongRows(failures).map(({ line, column }) => [line, column])).toEqual([
    [4, "date"],
    [7, "reference"],
  ]);
});

test("the sheet has a row for each kind that moved that way on any account", () => {
  const account = (...subcategories: MonthAccount["subcategories"]) =>
    ({ subcategories }) as MonthAccount;
  const cash = account(
    { subcategory: "savings", moneyIn: "500.00", moneyOut: "0.00" },
    { subcategory: "banking", moneyIn: "0.00", moneyOut: "300.00" },
  );
  const bank = account({ subcategory: "banking", moneyIn: "300.00", moneyOut: "0.00" });
  expect(kindsOf([cash, bank], "moneyIn")).toEqual(["savings", "banking"]);
  expect(kindsOf([cash, bank], "moneyOut")).toEqual(["banking"]);
});
