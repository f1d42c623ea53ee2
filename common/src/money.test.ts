import { describe, expect, it } from "vitest";
import {
  formatKes,
  formatMoney,
  fromDecimal,
  MAX_CENTS,
  parseMoney,
  sumCents,
  toDecimal,
} from "./money";

describe("money", () => {
  it.each([
    ["500", 50_000],
    ["1,500", 150_000],
    ["1 500.5", 150_050],
    ["KES 20.05", 2_005],
    ["0", 0],
    ["007.10", 710],
    ["9999999999.99", MAX_CENTS],
  ])("reads %s", (text, cents) => {
    expect(parseMoney(text)).toBe(cents);
  });

  it.each(["", "abc", "-5", "1.234", "1e3", "NaN", ".5", "5.", "10000000000.00"])(
    "refuses %j",
    (text) => {
      expect(parseMoney(text)).toBeNull();
    },
  );

  it("is exact where binary fractions are not", () => {
    expect(parseMoney("1.15")).toBe(115);
    expect(parseMoney("4503599627.37")).toBe(450_359_962_737);
    expect(sumCents([10, 20])).toBe(30);
  });

  it("goes to the API and back unchanged", () => {
    for (const cents of [0, 1, 9, 10, 99, 100, 12_345, -5, -12_345, MAX_CENTS]) {
      expect(fromDecimal(toDecimal(cents))).toBe(cents);
    }
    expect(toDecimal(5)).toBe("0.05");
    expect(() => fromDecimal("1.5")).toThrow();
    expect(() => toDecimal(0.5)).toThrow();
  });

  it("writes for people", () => {
    expect(formatMoney(123_456_789)).toBe("1,234,567.89");
    expect(formatMoney(-50_000)).toBe("\u2212500.00");
    expect(formatMoney(0)).toBe("0.00");
    expect(formatKes(50_000)).toBe("KES\u00a0500.00");
  });
});
