import { expect, test } from "vitest";
import type { Choice } from "../../components/ConflictDialog";
import * as edit from "../../components/edit-clash";
import { parsePoint, pointText } from "../../lib/point-text";
import { changesOf, check, shown, toValues, UNITS, type Values } from "./group-edit";

const BEFORE = toValues({
  name: "Tumaini",
  county: "Nakuru",
  constituency: "Molo",
  ward: "Turi",
  village: null,
  meetingDay: "Tuesday",
  meetingVenue: "School hall",
  status: "ACTIVE",
  geo: { latitude: -0.28333, longitude: 36.06667 },
});

const clashesOf = (before: Values, mine: Values, theirs: Values) =>
  edit.clashesOf(UNITS, shown, before, mine, theirs);
const decided = (
  before: Values,
  mine: Values,
  theirs: Values,
  choices: Readonly<Record<string, Choice>>,
) => edit.decided(UNITS, before, mine, theirs, choices);

test("only what differs is sent, the place as a whole, the point as numbers", () => {
  expect(changesOf(BEFORE, BEFORE)).toEqual({});
  expect(changesOf(BEFORE, { ...BEFORE, name: "Upendo" })).toEqual({ name: "Upendo" });
  expect(changesOf(BEFORE, { ...BEFORE, ward: "Elburgon" })).toEqual({
    county: "Nakuru",
    constituency: "Molo",
    ward: "Elburgon",
  });
  expect(changesOf(BEFORE, { ...BEFORE, geo: "-0.5, 36" })).toEqual({
    geo: { latitude: -0.5, longitude: 36 },
  });
});

test("edits of different fields are no clash, and both survive", () => {
  const mine = { ...BEFORE, name: "Upendo" };
  const theirs = { ...BEFORE, meetingVenue: "Church" };
  expect(clashesOf(BEFORE, mine, theirs)).toEqual([]);
  expect(decided(BEFORE, mine, theirs, {})).toMatchObject({
    name: "Upendo",
    meetingVenue: "Church",
  });
});

test("a clash shows both values, and the choice decides", () => {
  const mine = { ...BEFORE, meetingDay: "FRIDAY", name: "Upendo" };
  const theirs = { ...BEFORE, meetingDay: "MONDAY" };
  expect(clashesOf(BEFORE, mine, theirs)).toMatchObject([
    { field: "meetingDay", yours: "Friday", theirs: "Monday" },
  ]);
  const keep = (choice: "yours" | "theirs") =>
    decided(BEFORE, mine, theirs, { meetingDay: choice });
  expect(keep("yours")).toMatchObject({ meetingDay: "FRIDAY", name: "Upendo" });
  expect(keep("theirs")).toMatchObject({ meetingDay: "MONDAY", name: "Upendo" });
});

test("two who move the group clash in its place, whichever part of it they changed", () => {
  const mine = { ...BEFORE, ward: "Elburgon" };
  const theirs = { ...BEFORE, county: "Kisumu", constituency: "Nyando", ward: "Ahero" };
  expect(clashesOf(BEFORE, mine, theirs)).toMatchObject([
    { field: "place", yours: "Elburgon, Molo, Nakuru", theirs: "Ahero, Nyando, Kisumu" },
  ]);
  expect(decided(BEFORE, mine, theirs, { place: "yours" })).toMatchObject({
    county: "Nakuru",
    ward: "Elburgon",
  });
});

test("a point is read as it is copied from a map, and must lie on the globe", () => {
  expect(parsePoint("-0.28333, 36.06667")).toEqual({ latitude: -0.28333, longitude: 36.06667 });
  expect(parsePoint("−0.5 36")).toEqual({ latitude: -0.5, longitude: 36 });
  for (const text of ["", "36", "91, 0", "0, 181", "here"]) expect(parsePoint(text)).toBeNull();
  expect(pointText({ latitude: -0.5, longitude: 36 })).toBe("-0.50000, 36.00000");
  expect(check({ ...BEFORE, geo: "here" }, BEFORE)).toHaveProperty("geo");
  expect(check(BEFORE, BEFORE)).toEqual({});
});
