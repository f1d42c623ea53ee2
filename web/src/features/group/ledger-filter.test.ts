import { expect, test } from "vitest";
import { periodOf, periodStart } from "./ledger-filter";

test.each([
  ["month", "2026-11-22", "2026-11-01"],
  ["recent", "2026-11-22", "2026-10-01"],
  ["recent", "2026-01-03", "2025-12-01"],
  ["year", "2026-11-22", "2026-01-01"],
  ["all", "2026-11-22", ""],
] as const)("%s seen on %s starts on %s", (period, today, start) => {
  expect(periodStart(period, today)).toBe(start);
});

test("own dates are no named period", () => {
  expect(periodOf({ from: "2026-03-05", to: "", account: "" })).toBe("own");
  expect(periodOf({ from: periodStart("year"), to: "2026-06-30", account: "" })).toBe("own");
  expect(periodOf({ from: periodStart("month"), to: "", account: "" })).toBe("month");
});
