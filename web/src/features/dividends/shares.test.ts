import { expect, test } from "vitest";
import type { Share } from "./dividends-api";
import { percent, sharedProfit, sumOf, unpaid } from "./shares";

const share = (amount: string, paidOn: string | null) => ({ amount, paidOn }) as Share;

test("what is not paid yet, and its sum to the cent", () => {
  const shares = [share("100.33", null), share("50.00", "2026-01-10"), share("0.01", null)];
  expect(sumOf(unpaid(shares))).toBe(10_034);
  expect(sumOf([])).toBe(0);
});

test("the shared profit is what is distributable without the fees", () => {
  expect(sharedProfit({ distributable: "910.00", appreciationFees: "210.00" })).toBe(70_000);
  expect(percent(33.3333)).toBe("33.33 %");
});
