import { describe, expect, test } from "vitest";
import { loadLater } from "../../i18n";
import { handOverOf, othersOf, withoutHeir } from "./hand-over";
import type { HandOverGroup } from "./people-api";
import { groupsText, spokenCode, unsentCount } from "./people-words";
import { checkPerson, NOBODY, type PersonValues, toChanges } from "./person-values";

await loadLater();

const LEAVER = "leaver";
const officer = (id: string, isActive = true) => ({
  officer: { id, isActive, user: { name: id } },
});
const group = (id: string, ...others: ReturnType<typeof officer>[]): HandOverGroup => ({
  id,
  name: id,
  officers: [officer(LEAVER), ...others],
});

describe("the hand-over", () => {
  const groups = [
    group("alone"),
    group("shared", officer("Anne")),
    group("gone", officer("X", false)),
  ];

  test("needs somebody where nobody else who works here serves the group", () => {
    expect(othersOf(groups[1] as HandOverGroup, LEAVER)).toEqual(["Anne"]);
    expect(Object.keys(withoutHeir(groups, {}, LEAVER))).toEqual(["alone", "gone"]);
    expect(withoutHeir(groups, { alone: "Anne", gone: "Anne" }, LEAVER)).toEqual({});
  });

  test("sends only the groups that somebody gets", () => {
    expect(handOverOf(groups, { alone: "Anne", shared: "" })).toEqual([
      { groupId: "alone", toOfficerId: "Anne" },
    ]);
  });
});

describe("the form about a person", () => {
  const chair: PersonValues = {
    name: "Jane Wanjiku",
    phone: "0712345678",
    role: "GROUP_CHAIR",
    groupIds: ["one"],
    memberId: "",
  };

  test("asks for name, phone and role, and for the group of a chair", () => {
    expect(Object.keys(checkPerson(NOBODY))).toEqual(["name", "phone", "role"]);
    expect(Object.keys(checkPerson({ ...chair, groupIds: [] }))).toEqual(["groupIds"]);
    expect(checkPerson(chair)).toEqual({});
  });

  test("sends only what was changed", () => {
    expect(toChanges(chair, { ...chair, phone: "+254 712 345 678" })).toEqual({});
    const served: PersonValues = { ...chair, role: "FIELD_OFFICER", groupIds: ["one", "two"] };
    expect(toChanges(served, { ...served, groupIds: ["two", "one"] })).toEqual({});
    expect(toChanges(served, { ...served, groupIds: [], name: "Jane" })).toEqual({
      name: "Jane",
      groupIds: [],
    });
    expect(toChanges(chair, { ...chair, role: "SYSTEM_ADMIN", groupIds: [] })).toEqual({
      role: "SYSTEM_ADMIN",
      groupIds: [],
    });
  });
});

test("words", () => {
  const named = (...names: string[]) => ({
    assignedGroups: names.map((name) => ({ id: name, name })),
  });
  expect(groupsText(named())).toBe("");
  expect(groupsText(named("A", "B"))).toBe("A, B");
  expect(groupsText(named("A", "B", "C"))).toBe("A, B and 1 more");
  expect(spokenCode("12345678")).toBe("1234 5678");
  const work = { deviceId: "d", deviceName: "", oldestAt: null, reportedAt: "" };
  const unsentWork = [
    { ...work, waiting: 2, failed: 1 },
    { ...work, waiting: 0, failed: 4 },
  ];
  expect(unsentCount({ unsentWork })).toBe(7);
});
