import { describe, expect, it } from "vitest";
import {
  bareText,
  cellKey,
  type Draft,
  readDraft,
  showTyped,
  totals,
  typeKey,
  usualAmounts,
} from "../src/features/meeting/sheet";
import type { Contribution } from "../src/lib/model";

const cell = (text: string, method: "CASH" | "MPESA" | "BANK" = "CASH", code = "") => ({
  text,
  method,
  code,
});
const row = (more: Partial<Contribution>): Contribution => ({
  id: "1",
  memberId: "jane",
  groupId: "g",
  amount: 50_000,
  kind: "REGULAR",
  method: "CASH",
  date: "2026-11-22",
  receiptNumber: "",
  transactionId: null,
  operationId: null,
  ...more,
});

describe("the collection sheet", () => {
  it("types like a till", () => {
    const type = (keys: string[]) => keys.reduce(typeKey, "");
    expect(type(["5", "00"])).toBe("500");
    expect(type(["0", "5"])).toBe("5");
    expect(type(["1", ".", "2", "5", "9", "."])).toBe("1.25");
    expect(type([..."12345678901234"])).toBe("1234567890");
  });

  it("groups what is typed, and writes it as an amount once it is left", () => {
    expect(["1500", "1500.", "1500.5", "12", ""].map((text) => showTyped(text, true))).toEqual([
      "1,500",
      "1,500.",
      "1,500.5",
      "12",
      "",
    ]);
    expect(["1500", "1500.5", "", "5x"].map((text) => showTyped(text, false))).toEqual([
      "1,500.00",
      "1,500.50",
      "",
      "5x",
    ]);
    expect(bareText(showTyped("1234567.5", true))).toBe("1234567.5");
  });

  it("takes what is an amount; empty and zero cells are no payments", () => {
    const draft: Draft = {
      [cellKey("jane", "REGULAR")]: cell("500"),
      [cellKey("ann", "WELFARE")]: cell("20.5", "MPESA", "rkt 1234 abc"),
      [cellKey("mary", "REGULAR")]: cell(""),
      [cellKey("rose", "REGULAR")]: cell("0"),
    };
    expect(readDraft(draft)).toEqual({
      problem: null,
      payments: [
        { memberId: "jane", kind: "REGULAR", amount: 50_000, method: "CASH", transactionId: null },
        {
          memberId: "ann",
          kind: "WELFARE",
          amount: 2_050,
          method: "MPESA",
          transactionId: "RKT1234ABC",
        },
      ],
    });
  });

  it("names the cell that is no payment", () => {
    const key = cellKey("jane", "FINE");
    expect(readDraft({ [key]: cell("5x") }).problem).toMatchObject({
      memberId: "jane",
      what: "amount",
    });
    expect(readDraft({ [key]: cell("5", "MPESA", "short") }).problem?.what).toBe("code");
    const twice: Draft = {
      [key]: cell("5", "MPESA", "RKT1234ABC"),
      [cellKey("ann", "REGULAR")]: cell("5", "MPESA", "RKT1234ABC"),
    };
    expect(readDraft(twice).problem?.what).toBe("codeTwice");
    const split: Draft = {
      [key]: cell("5", "MPESA", "RKT1234ABC"),
      [cellKey("jane", "REGULAR")]: cell("5", "MPESA", "RKT1234ABC"),
    };
    expect(readDraft(split).problem).toBeNull();
    // A code that was typed before cash was chosen does not matter.
    expect(readDraft({ [key]: cell("5", "CASH", "short") }).problem).toBeNull();
  });

  it("adds up the columns, and the cash that should lie on the table", () => {
    const draft: Draft = {
      [cellKey("jane", "REGULAR")]: cell("500"),
      [cellKey("ann", "REGULAR")]: cell("700", "MPESA"),
      [cellKey("ann", "FINE")]: cell("50"),
      [cellKey("mary", "FINE")]: cell("nonsense"),
    };
    const sums = totals(draft, [row({ amount: 10_000 }), row({ amount: 1, method: "BANK" })]);
    expect(sums.columns.REGULAR).toBe(50_000 + 70_000 + 10_000 + 1);
    expect(sums.columns.FINE).toBe(5_000);
    expect(sums.cash).toBe(50_000 + 5_000 + 10_000);
  });

  it("offers what was paid last, else the group's monthly saving", () => {
    const usual = usualAmounts([row({ amount: 70_000 }), row({ amount: 1 })], 50_000);
    expect(usual("jane", "REGULAR")).toBe(70_000);
    expect(usual("ann", "REGULAR")).toBe(50_000);
    expect(usual("ann", "WELFARE")).toBeNull();
  });
});
