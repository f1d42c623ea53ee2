/** How officers look on the canvas, from the design tokens of the theme that is on. */
import type { CircleMarkerOptions, PathOptions } from "leaflet";
import type { ActivityType } from "../../gen/graphql";
import type { Position } from "./officers-api";

/** Phones send a position every minute or so; after a quarter of an hour it may be wrong. */
export const STALE_MS = 15 * 60_000;

const RINGS: Record<ActivityType, string> = {
  MEMBER_VISIT: "--office",
  GROUP_MEETING: "--primary",
  COLLECTION: "--waiting",
  TRAVEL: "--ink-soft",
  OTHER: "--ink",
};

export function isStale(position: Pick<Position, "recordedAt">, now: number): boolean {
  return now - Date.parse(position.recordedAt) > STALE_MS;
}

export function dotStyle(position: Position, now: number, selected: boolean): CircleMarkerOptions {
  const opacity = isStale(position, now) ? 0.4 : 1;
  return {
    radius: selected ? 10 : 7,
    color: token(RINGS[position.activityType]),
    weight: selected ? 5 : 4,
    opacity,
    fillColor: token("--ink"),
    fillOpacity: opacity,
  };
}

export function ringColour(activity: ActivityType): string {
  return `var(${RINGS[activity]})`;
}

export function countyStyle(overTiles: boolean): PathOptions {
  return {
    color: token("--line"),
    weight: 1,
    fillColor: token("--raised"),
    fillOpacity: overTiles ? 0 : 1,
    interactive: false,
  };
}

export function trackStyle(): PathOptions {
  return { color: token("--primary"), weight: 3, opacity: 0.8, fill: false };
}

export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
