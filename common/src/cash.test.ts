import { expect, it } from "vitest";
import { cashDifference, DENOMINATIONS, expectedCash, piecesOf, totalOf } from "./cash";

/** Shillings and pieces. */
const counted = (...pieces: [number, number][]) =>
  Object.fromEntries(pieces.map(([shillings, many]) => [shillings * 100, many]));

it("adds up notes and coins", () => {
  expect(DENOMINATIONS.map((cents) => cents / 100)).toEqual([
    1000, 500, 200, 100, 50, 40, 20, 10, 5, 1,
  ]);
  expect(totalOf({})).toBe(0);
  expect(totalOf(counted([1000, 3], [50, 1], [1, 4]))).toBe(3_054_00);
});

it("takes no money that does not exist", () => {
  expect(() => totalOf(counted([2000, 1]))).toThrow();
  expect(() => totalOf(counted([1000, -1]))).toThrow();
  expect(() => totalOf(counted([1000, 1.5]))).toThrow();
});

it("makes an amount of the fewest pieces", () => {
  const { count, rest } = piecesOf(1_786_50);
  expect(count).toEqual({
    100000: 1,
    50000: 1,
    20000: 1,
    5000: 1,
    2000: 1,
    1000: 1,
    500: 1,
    100: 1,
  });
  expect(rest).toBe(50);
  expect(totalOf(count) + rest).toBe(1_786_50);
});

it("expects what was there and what came and went as cash", () => {
  const expected = expectedCash(100_00, [
    { direction: "IN", method: "CASH", amount: 500_00 },
    { direction: "IN", method: "MPESA", amount: 900_00 },
    { direction: "OUT", method: "CASH", amount: 250_00 },
  ]);
  expect(expected).toBe(350_00);
  expect(cashDifference(expected, counted([200, 1], [100, 1]))).toBe(-50_00);
});
