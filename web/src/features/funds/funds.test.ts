import { todayInNairobi } from "@tablebanking/common/dates";
import { expect, test } from "vitest";
import type { WithdrawalFactsQuery } from "../../gen/graphql";
import { codeOf, withdrawalRoom } from "./funds";

const YEAR = Number(todayInNairobi().slice(0, 4));
const taken = (amount: string, year: number, isReversed = false) => ({
  node: { amount, movementDate: `${year}-01-05`, isReversed },
});
const facts = (
  regular: string,
  loans: { status: string; outstandingPrincipal: string }[],
  edges: ReturnType<typeof taken>[],
) =>
  ({
    member: { id: "m", savingsSummary: { regular }, loans },
    movements: { edges },
  }) as unknown as WithdrawalFactsQuery;

test("half of the year's savings, less what was taken this year and stands", () => {
  const edges = [taken("1000.00", YEAR), taken("500.00", YEAR, true), taken("900.00", YEAR - 1)];
  const room = withdrawalRoom(facts("9000.00", [], edges));
  // Half of 10,000.00 less the 1,000.00.
  expect(room).toEqual({ savings: 900_000, half: 400_000, security: 900_000, most: 400_000 });
});

test("a third of what is owed stays, of loans that are out alone", () => {
  const loans = [
    { status: "DISBURSED", outstandingPrincipal: "24000.00" },
    { status: "PENDING", outstandingPrincipal: "9000.00" },
  ];
  expect(withdrawalRoom(facts("9000.00", loans, []))?.most).toBe(100_000);
});

test("cash has no transaction code", () => {
  expect(codeOf("CASH", "sk12")).toBeNull();
  expect(codeOf("MPESA", " sk12 ")).toBe("SK12");
  expect(codeOf("BANK", " ")).toBeNull();
});
