import { expect, test } from "vitest";
import { blankLoan, blankOpening, check, type Opening, sidesOf, toInput } from "./opening";

const BOOK: Opening = {
  ...blankOpening("2026-11-01"),
  cash: "12,500",
  bank: "40000.50",
  savings: { jane: "30000", john: "5,000.50", mary: "" },
  welfareFund: "2500",
  loans: [{ ...blankLoan, memberId: "jane", principal: "9000", interestRate: "10" }],
  surplus: "24,000.00",
};
const with_ = (changed: Partial<Opening>): Opening => ({ ...BOOK, ...changed });

test("the two sides add up to the cent, and what is left over is the surplus", () => {
  expect(sidesOf(BOOK)).toMatchObject({
    money: 52_500_50,
    loans: 9_000_00,
    savings: 35_000_50,
    funds: 2_500_00,
    has: 61_500_50,
    whose: 61_500_50,
    rest: 24_000_00,
  });
  expect(check(BOOK)).toEqual({});
});

test("it is not sent before both sides are equal", () => {
  expect(check(with_({ surplus: "23999.99" })).surplus).toMatch(/differ by KES.0\.01$/);
  // The group has lost: with a minus, whichever sign was typed.
  const lost = with_({ cash: "", bank: "", welfareFund: "0", savings: { jane: "9500" } });
  expect(check({ ...lost, surplus: "-500" })).toEqual({});
  expect(check({ ...lost, surplus: "\u2212500.00" })).toEqual({});
  expect(check({ ...lost, surplus: "500" })).toHaveProperty("surplus");
  expect(check(blankOpening("2026-11-01"))).toHaveProperty("cash");
});

test("what is wrong is said beside its row", () => {
  const loans = [
    { ...blankLoan, memberId: "jane", principal: "9000", monthsLeft: "4" },
    { ...blankLoan, memberId: "jane", principal: "x", interestRate: "ten" },
  ];
  const found = check(with_({ loans, savings: { jane: "many" }, mpesa: "-5" }));
  expect(Object.keys(found).sort()).toEqual([
    "loans.0.monthsLeft",
    "loans.1.interestRate",
    "loans.1.memberId",
    "loans.1.principal",
    "mpesa",
    "savings.jane",
  ]);
});

test("members without savings are left out, amounts are decimals, a blank rate is the group's", () => {
  const loans = [{ ...blankLoan, memberId: "john", principal: "100" }];
  expect(toInput(with_({ loans }), "g", "id")).toMatchObject({
    groupId: "g",
    offlineSyncId: "id",
    cash: "12500.00",
    mpesa: "0.00",
    savings: [
      { memberId: "jane", amount: "30000.00" },
      { memberId: "john", amount: "5000.50" },
    ],
    loans: [{ memberId: "john", principal: "100.00", monthsLeft: 3, interestRate: null }],
    note: null,
  });
});
