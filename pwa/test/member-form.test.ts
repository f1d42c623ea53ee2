import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Member } from "../src/lib/model";

const member: Member = {
  id: "1",
  groupId: "g",
  memberName: "Jane Wanjiku",
  idNumber: "12345678",
  phone: "254712345678",
  dateOfBirth: null,
  registrationDate: "2026-01-01",
  isActive: true,
  idVerified: false,
  idSides: [],
  papers: {},
  identity: null,
  nextOfKin: [{ name: "Ann", relationship: "Sister", phone: "254712345679", idNumber: "777" }],
  version: 3,
  savings: null,
};

let form: typeof import("../src/features/members/form");
beforeAll(async () => {
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
  form = await import("../src/features/members/form");
});

const TODAY = "2026-11-22";

describe("the member form", () => {
  it("takes a member as shown", () => {
    expect(form.check(form.valuesOf(member), TODAY, [member], "1")).toEqual({});
    expect(form.changesOf(member, form.valuesOf(member))).toEqual({});
  });

  it("says what is wrong beside the field", () => {
    const values = {
      ...form.blankValues(""),
      phone: "0201234567",
      dateOfBirth: "2010-01-01",
      kin: [{ row: 4, name: "Ann", relationship: "", phone: "" }],
    };
    const errors = form.check(values, TODAY, [], null);
    expect(Object.keys(errors).sort()).toEqual([
      "dateOfBirth",
      "groupId",
      "idNumber",
      "kinRows",
      "memberName",
      "phone",
    ]);
    expect(errors.kinRows?.[4]).toMatch(/relationship/);
    expect(form.countErrors(errors)).toBe(6);
  });

  it("knows a national id that is in the group already", () => {
    const values = { ...form.valuesOf(member), memberName: "Another Jane" };
    expect(form.check(values, TODAY, [member], null).idNumber).toContain("Jane Wanjiku");
    expect(form.check({ ...values, groupId: "h" }, TODAY, [member], null)).toEqual({});
  });

  it("sends only what was changed, and keeps what it does not show", () => {
    const values = { ...form.valuesOf(member), phone: "0112 345 678" };
    expect(form.changesOf(member, values)).toEqual({ phone: "254112345678" });
    const [kin] = values.kin;
    if (kin) kin.relationship = "Aunt";
    expect(form.changesOf(member, values).nextOfKin).toEqual([
      { name: "Ann", relationship: "Aunt", phone: "254712345679", idNumber: "777" },
    ]);
  });
});
