/** Ways to play back: where somebody was at a second of the day, between the points that are known. */
import type { ActivityType } from "../../gen/graphql";
import type { OfficerWay } from "./officer-day";
import type { TrackPoint } from "./officers-api";

export type Way = {
  officerId: string;
  name: string;
  /** Since the day began, rising. */
  seconds: readonly number[];
  latitudes: readonly number[];
  longitudes: readonly number[];
  activities: readonly ActivityType[];
};

export type Place = {
  latitude: number;
  longitude: number;
  activity: ActivityType;
  /** A position is known within a quarter of an hour. */
  known: boolean;
};

export const DAY_SECONDS = 86_400;
const KNOWN_SECONDS = 15 * 60;

export function wayOf({ officerId, officer, ...columns }: OfficerWay): Way {
  return { officerId, name: officer.user.name, ...columns };
}

export function wayOfTrack(
  officerId: string,
  name: string,
  points: readonly TrackPoint[],
  dayStart: number,
): Way {
  return {
    officerId,
    name,
    seconds: points.map(({ recordedAt }) => (Date.parse(recordedAt) - dayStart) / 1000),
    latitudes: points.map(({ latitude }) => latitude),
    longitudes: points.map(({ longitude }) => longitude),
    activities: points.map(({ activityType }) => activityType),
  };
}

/** Null before the first point. Between two, on the straight line; after the last, there. */
export function placeAt(way: Way, second: number): Place | null {
  const { seconds } = way;
  const after = firstAfter(seconds, second);
  if (after === 0) return null;
  const at = after - 1;
  const [start = 0, end] = [seconds[at], seconds[after]];
  const share = end === undefined || end === start ? 0 : (second - start) / (end - start);
  const between = (values: readonly number[]) => {
    const from = values[at] ?? 0;
    return from + ((values[after] ?? from) - from) * share;
  };
  const nearest = Math.min(
    second - start,
    end === undefined ? Number.POSITIVE_INFINITY : end - second,
  );
  return {
    latitude: between(way.latitudes),
    longitude: between(way.longitudes),
    activity: way.activities[at] ?? "OTHER",
    known: nearest <= KNOWN_SECONDS,
  };
}

/** From the first position of all to the last, in whole minutes. */
export function spanOfWays(ways: readonly Way[]): { first: number; last: number } | null {
  const starts = ways.flatMap(({ seconds }) => seconds.slice(0, 1));
  const ends = ways.flatMap(({ seconds }) => seconds.slice(-1));
  if (starts.length === 0) return null;
  return {
    first: Math.floor(Math.min(...starts) / 60) * 60,
    last: Math.ceil(Math.max(...ends) / 60) * 60,
  };
}

/** How many of the rising `values` are at most `limit`. */
function firstAfter(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
