import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Operation } from "../src/lib/model";

let conflict: typeof import("../src/features/outbox/conflict");
beforeAll(async () => {
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
  conflict = await import("../src/features/outbox/conflict");
});

const clash = {
  body: {
    type: "updateMember",
    memberName: "Jane",
    groupName: "Umoja",
    before: { memberName: "Jane Wanjiku", phone: "254112000000" },
    input: {
      id: "1",
      offlineSyncId: "2",
      baseVersion: 3,
      memberName: "Jane W.",
      phone: "254712345678",
      isActive: true,
    },
  },
  outcome: {
    current: { version: 5, memberName: "Jane Wanjiku", phone: "+254112345678", isActive: true },
  },
} as unknown as Operation;

describe("a clash", () => {
  it("shows only the fields that the officer changed and the office has differently", () => {
    expect(conflict.clashes(clash).map((row) => row.field)).toEqual(["memberName", "phone"]);
    expect(conflict.clashes(clash)[1]).toMatchObject({
      mine: "254712345678",
      office: "254112345678",
      before: "254112000000",
    });
    expect(conflict.officeVersion(clash)).toBe(5);
  });

  it("does not ask about two ways of writing one number", () => {
    const body = { ...clash.body, input: { phone: "254112345678" } };
    expect(conflict.clashes({ ...clash, body } as unknown as Operation)).toEqual([]);
  });

  it("sends again only what the officer keeps", () => {
    const all = conflict.clashes(clash);
    expect(conflict.kept(all, new Set(["phone"]))).toEqual({ phone: "254712345678" });
    expect(conflict.kept(all, new Set())).toEqual({});
  });

  it("says values as people do", () => {
    expect(conflict.inWords("phone", "254712345678")).toBe("0712 345 678");
    expect(conflict.inWords("isActive", false)).toBe("No");
    expect(conflict.inWords("dateOfBirth", null)).toBe("(empty)");
  });
});
