import { expect, test } from "vitest";
import { ROW_HEIGHT, rowWindow } from "./use-row-window";

test("draws what is in sight and a little more, however long the list", () => {
  const { first, last } = rowWindow(5_000 * ROW_HEIGHT, 20 * ROW_HEIGHT, 100_000);
  expect(first).toBeLessThan(5_000);
  expect(last).toBeGreaterThan(5_020);
  expect(last - first).toBeLessThan(60);
});

test("stays inside the list at both ends and for an empty one", () => {
  expect(rowWindow(0, 400, 3)).toEqual({ first: 0, last: 2 });
  expect(rowWindow(999_999, 400, 3).last).toBe(2);
  expect(rowWindow(0, 400, 0).last).toBe(-1);
});
