import { expect, test } from "vitest";
import { placeAt, spanOfWays, type Way } from "./way";

const WAY: Way = {
  officerId: "a",
  name: "Achieng",
  seconds: [600, 1200, 9000],
  latitudes: [0, 1, 2],
  longitudes: [36, 36, 38],
  activities: ["TRAVEL", "GROUP_MEETING", "COLLECTION"],
};

test("nobody is anywhere before their first position", () => {
  expect(placeAt(WAY, 599)).toBeNull();
  expect(placeAt({ ...WAY, seconds: [], latitudes: [], longitudes: [] }, 700)).toBeNull();
});

test("between two points on the straight line, doing what was said at the first", () => {
  expect(placeAt(WAY, 600)).toEqual({
    latitude: 0,
    longitude: 36,
    activity: "TRAVEL",
    known: true,
  });
  expect(placeAt(WAY, 900)?.latitude).toBeCloseTo(0.5);
  expect(placeAt(WAY, 5100)).toMatchObject({
    latitude: 1.5,
    longitude: 37,
    activity: "GROUP_MEETING",
  });
});

test("what lies more than a quarter of an hour from any position is not known", () => {
  expect(placeAt(WAY, 1200 + 900)?.known).toBe(true);
  expect(placeAt(WAY, 1200 + 901)?.known).toBe(false);
  expect(placeAt(WAY, 9000 - 900)?.known).toBe(true);
  expect(placeAt(WAY, 9901)).toMatchObject({ latitude: 2, known: false });
});

test("the day runs from the first position of all to the last", () => {
  const later = { ...WAY, seconds: [61, 9061] };
  expect(spanOfWays([WAY, later])).toEqual({ first: 60, last: 9120 });
  expect(spanOfWays([])).toBeNull();
});
