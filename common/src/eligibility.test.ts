import { describe, expect, it } from "vitest";
import { maySignOffline, missingPlaces, placeOf, placesFor } from "./approvals";
import { failuresOf, type LoanFacts, monthsNeeded } from "./eligibility";

const good: LoanFacts = {
  amount: 3_000_00,
  on: "2026-02-10",
  isActive: true,
  groupActive: true,
  minimumSaving: 500_00,
  paidByMonth: { "2025-11": 500_00, "2025-12": 500_00, "2026-01": 500_00 },
  regularSavings: 1_000_00,
  openLoans: 0,
  witnesses: ["a", "b"],
  mayWitness: () => true,
  hasIdFront: true,
  hasIdBack: true,
};
const codes = (changes: Partial<LoanFacts>) =>
  failuresOf({ ...good, ...changes }).map((one) => one.code);

describe("eligibility", () => {
  it("lets a member go on who keeps every rule", () => expect(codes({})).toEqual([]));

  it.each([
    ["MEMBER_LEFT", { isActive: false }],
    ["GROUP_INACTIVE", { groupActive: false }],
    ["OVER_LIMIT", { amount: 3_000_01 }],
    ["OVER_LIMIT", { regularSavings: -1 }],
    ["LOAN_OPEN", { openLoans: 1 }],
    ["WITNESS_INVALID", { witnesses: ["a"] }],
    ["WITNESS_INVALID", { witnesses: ["a", "a"] }],
    ["WITNESS_INVALID", { witnesses: ["a", "b", "b"] }],
    ["WITNESS_INVALID", { mayWitness: (id) => id !== "b" }],
    ["ID_MISSING", { hasIdFront: false }],
    ["ID_MISSING", { hasIdBack: false }],
    ["ID_MISSING", { ownDocuments: false }],
  ] as [string, Partial<LoanFacts>][])("fails by %s for %o", (code, changes) => {
    expect(codes(changes)).toEqual([code]);
  });

  it("names the months that are missing, across a new year", () => {
    expect(monthsNeeded("2026-02-10")).toEqual(["2025-11", "2025-12", "2026-01"]);
    const [failure] = failuresOf({
      ...good,
      paidByMonth: { "2025-12": 499_99, "2026-01": 500_00 },
    });
    expect(failure).toMatchObject({
      code: "NOT_ENOUGH_MONTHS",
      missing: ["2025-11", "2025-12"],
    });
    expect(codes({ minimumSaving: 0, paidByMonth: {} })).toEqual(["NOT_ENOUGH_MONTHS"]);
  });

  it("says all of them at once", () => {
    const all = codes({
      isActive: false,
      groupActive: false,
      paidByMonth: {},
      amount: 9_000_00,
      openLoans: 2,
      witnesses: [],
      hasIdBack: false,
    });
    expect(all).toHaveLength(7);
  });
});

describe("approvals", () => {
  it("asks by amount", () => {
    expect(placesFor(49_999_99)).toEqual(["FIELD_OFFICER", "GROUP_CHAIR"]);
    expect(placesFor(50_000_00)).toEqual(["FIELD_OFFICER", "GROUP_COMMITTEE", "GROUP_COMMITTEE"]);
    expect(placesFor(200_000_00)).toHaveLength(3);
    expect(placesFor(200_000_01)).toContain("SYSTEM_ADMIN");
    expect([maySignOffline(49_999_99), maySignOffline(50_000_00)]).toEqual([true, false]);
  });

  it("knows who is still missing, and lets the chair stand for the committee", () => {
    const needed = placesFor(60_000_00);
    expect(missingPlaces(needed, ["GROUP_COMMITTEE"])).toEqual([
      "FIELD_OFFICER",
      "GROUP_COMMITTEE",
    ]);
    expect(placeOf("GROUP_CHAIR", needed)).toBe("GROUP_COMMITTEE");
    expect(placeOf("SYSTEM_ADMIN", needed)).toBeNull();
  });
});
