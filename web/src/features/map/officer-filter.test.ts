import { expect, test } from "vitest";
import type { Unsent } from "./officer-day";
import { chooseEntries, entriesOf, NO_FILTER, unsentCount, unsentSince } from "./officer-filter";
import type { Position } from "./officers-api";

const NOW = Date.UTC(2026, 10, 22, 12);

function at(id: string, minutesAgo: number, changed: Partial<Position> = {}): Position {
  return {
    officer: { id, user: { name: `Officer ${id}` }, phone: "254711000001", isActive: true },
    latitude: 0,
    longitude: 36,
    accuracy: 10,
    activityType: "TRAVEL",
    batteryLevel: 80,
    recordedAt: new Date(NOW - minutesAgo * 60_000).toISOString(),
    ...changed,
  };
}

function phone(id: string, oldestAt: string): Unsent {
  return {
    officer: { id, user: { name: `Officer ${id}` }, phone: "254711000009", isActive: true },
    deviceId: `${id}-${oldestAt}`,
    deviceName: "Tecno",
    waiting: 3,
    failed: 1,
    oldestAt,
    reportedAt: oldestAt,
  };
}

const FRESH = at("c", 14);
const STALE = at("a", 16, { activityType: "COLLECTION" });
const OFFLINE = at("b", 121);
const ALL = entriesOf([FRESH, STALE, OFFLINE], [phone("c", "2026-11-22T08:00:00Z")]);

const found = (changed: Partial<typeof NO_FILTER>, groupsOf?: Record<string, never[]> | object) =>
  chooseEntries(ALL, { ...NO_FILTER, ...changed }, groupsOf as never, NOW).map(
    ({ officer }) => officer.id,
  );

test("in the order of names, found by name, phone and activity", () => {
  expect(found({})).toEqual(["a", "b", "c"]);
  expect(found({ q: "officer C" })).toEqual(["c"]);
  expect(found({ q: "0001", activity: "COLLECTION" })).toEqual(["a"]);
});

test("heard of, silent for a while, offline, with unsent work", () => {
  expect(found({ state: "fresh" })).toEqual(["c"]);
  expect(found({ state: "stale" })).toEqual(["a"]);
  expect(found({ state: "offline" })).toEqual(["b"]);
  expect(found({ state: "unsent" })).toEqual(["c"]);
});

test("by group and county; nobody before it is known who serves whom", () => {
  const groupsOf = { a: [{ id: "g1", county: "Nakuru" }], b: [{ id: "g2", county: "Kisumu" }] };
  expect(found({ group: "g1" }, groupsOf)).toEqual(["a"]);
  expect(found({ county: "Kisumu" }, groupsOf)).toEqual(["b"]);
  expect(found({ group: "g1", county: "Kisumu" }, groupsOf)).toEqual([]);
  expect(found({ group: "g1" })).toEqual([]);
});

test("a phone that is silent for more than a day still stands there, with its unsent work", () => {
  const [entry] = entriesOf(
    [],
    [phone("d", "2026-11-20T08:00:00Z"), phone("d", "2026-11-19T08:00:00Z")],
  );
  expect(entry?.position).toBeNull();
  expect(unsentCount(entry?.unsent ?? [])).toBe(8);
  expect(unsentSince(entry?.unsent ?? [])).toBe("2026-11-19T08:00:00Z");
});
