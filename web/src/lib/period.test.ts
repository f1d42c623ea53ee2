import { expect, test } from "vitest";
import { monthStart, spanOf, trendOf } from "./period";

const NONE = { from: "", to: "" };
const TODAY = "2026-03-17";

test("the named periods end today, or with the month before", () => {
  expect(spanOf("month", TODAY, NONE)).toEqual({ from: "2026-03-01", to: TODAY });
  expect(spanOf("lastMonth", TODAY, NONE)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(spanOf("quarter", TODAY, NONE)).toEqual({ from: "2026-01-01", to: TODAY });
  expect(spanOf("year", TODAY, NONE)).toEqual({ from: "2026-01-01", to: TODAY });
  expect(spanOf("months12", TODAY, NONE)).toEqual({ from: "2025-04-01", to: TODAY });
});

test("months are counted over the turn of the year, in both directions", () => {
  expect(monthStart("2026-01-31", -1)).toBe("2025-12-01");
  expect(monthStart("2025-12-01", 1)).toBe("2026-01-01");
  expect(monthStart(TODAY, -14)).toBe("2025-01-01");
});

test("an own period is filled up, turned or cut to what the server answers", () => {
  expect(spanOf("own", TODAY, { from: "2026-02-03", to: "2026-02-09" })).toEqual({
    from: "2026-02-03",
    to: "2026-02-09",
  });
  expect(spanOf("own", TODAY, NONE)).toEqual({ from: "2026-03-01", to: TODAY });
  expect(spanOf("own", TODAY, { from: "2026-05-01", to: "2026-02-09" }).from).toBe("2026-02-01");
  expect(spanOf("own", TODAY, { from: "2020-01-01", to: "2026-02-09" }).from).toBe("2023-03-01");
});

test("the charts show a year at least", () => {
  expect(trendOf({ from: "2026-03-01", to: TODAY }).from).toBe("2025-04-01");
  expect(trendOf({ from: "2024-01-01", to: TODAY }).from).toBe("2024-01-01");
});
