import { expect, it } from "vitest";
import { halfLeft, mostToWithdraw, securityLeft, withdrawalFailure } from "./withdrawal";

it("lets half of the year's savings go, less what went already", () => {
  expect(halfLeft({ opening: 1_000_00, paidIn: 501_01, withdrawn: 0 })).toBe(750_50);
  expect(halfLeft({ opening: 1_000_00, paidIn: 0, withdrawn: 600_00 })).toBe(0);
});

it("keeps a third of what is owed, rounded up", () => {
  expect(securityLeft(1_000_00, 100)).toBe(1_000_00 - 34);
  expect(securityLeft(1_000_00, 9_000_00)).toBe(0);
  expect(securityLeft(1_000_00, -5)).toBe(1_000_00);
});

it("names the first rule that stands against it, and the most that may go", () => {
  // 1,000 are there and 200 went: half of 1,200 is 600, of which 400 are left.
  const facts = { savings: 1_000_00, withdrawn: 200_00, owed: 0 };
  expect(mostToWithdraw(facts)).toBe(400_00);
  expect(withdrawalFailure(facts, 400_00)).toBeNull();
  expect(withdrawalFailure(facts, 400_01)).toEqual({ code: "OVER_HALF", limit: 400_00 });
  expect(withdrawalFailure(facts, 1_000_01)?.code).toBe("NOT_ENOUGH_SAVINGS");
  const owing = { ...facts, owed: 2_400_00 };
  expect(withdrawalFailure(owing, 300_00)).toEqual({ code: "LOAN_SECURITY", limit: 200_00 });
  expect(mostToWithdraw(owing)).toBe(200_00);
});
