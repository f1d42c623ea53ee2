import { expect, test } from "vitest";
import { clashesOf, decided } from "../../components/edit-clash";
import { changesOf, check, NO_KIN, shown, toValues, UNITS, type Values } from "./member-edit";

const MARY = { name: "Mary", relationship: "Sister", phone: "+254722000999", idNumber: "87654321" };
const BEFORE = toValues({
  memberName: "Jane Wanjiku",
  phone: "+254712345678",
  dateOfBirth: "1985-05-15",
  isActive: true,
  nextOfKin: [MARY],
});
const with_ = (changed: Partial<Values>): Values => ({ ...BEFORE, ...changed });

test("only what differs is sent, phones in the server's form, an emptied birthday as null", () => {
  expect(changesOf(BEFORE, BEFORE)).toEqual({});
  expect(changesOf(BEFORE, with_({ phone: "0711 222 333" }))).toEqual({ phone: "254711222333" });
  expect(changesOf(BEFORE, with_({ dateOfBirth: "" }))).toEqual({ dateOfBirth: null });
  expect(changesOf(BEFORE, with_({ state: "LEFT" }))).toEqual({ isActive: false });
});

test("the next of kin are sent whole, with the ID numbers that were there", () => {
  const paul = { ...NO_KIN, name: " Paul ", relationship: "Son" };
  const sent = changesOf(BEFORE, with_({ nextOfKin: [...BEFORE.nextOfKin, paul] }));
  expect(sent.nextOfKin).toEqual([
    { name: "Mary", relationship: "Sister", phone: "254722000999", idNumber: "87654321" },
    { name: "Paul", relationship: "Son", phone: null, idNumber: null },
  ]);
  expect(changesOf(BEFORE, with_({ nextOfKin: [] }))).toEqual({ nextOfKin: [] });
});

test("what is missing or no phone is said beside its field", () => {
  const wrong = with_({
    memberName: " ",
    phone: "12",
    nextOfKin: [{ ...NO_KIN, name: "Paul", phone: "999" }],
  });
  expect(Object.keys(check(wrong))).toEqual([
    "memberName",
    "phone",
    "nextOfKin.0.relationship",
    "nextOfKin.0.phone",
  ]);
  expect(check(BEFORE)).toEqual({});
});

test("a clash shows both values in words, and the choice decides", () => {
  const mine = with_({ phone: "0711 222 333", memberName: "Jane Njeri" });
  const theirs = with_({ phone: "0799 999 999", dateOfBirth: "1986-05-15" });
  expect(clashesOf(UNITS, shown, BEFORE, mine, theirs)).toMatchObject([
    { field: "phone", yours: "0711 222 333", theirs: "0799 999 999" },
  ]);
  const keep = (phone: "yours" | "theirs") => decided(UNITS, BEFORE, mine, theirs, { phone });
  expect(keep("yours")).toMatchObject({
    phone: "0711 222 333",
    memberName: "Jane Njeri",
    dateOfBirth: "1986-05-15",
  });
  expect(keep("theirs")).toMatchObject({ phone: "0799 999 999", memberName: "Jane Njeri" });
});
