/** How officers look on the canvas, from the design tokens of the theme that is on. */

import type { CircleMarkerOptions, PathOptions } from "leaflet";
import { token } from "../../components/map/token";
import type { ActivityType } from "../../gen/graphql";
import type { Position } from "./officers-api";

/** Phones send a position every minute or so; after a quarter of an hour it may be wrong. */
export const STALE_MS = 15 * 60_000;

/** After two hours without a word the phone is off, or has no signal. */
export const OFFLINE_MS = 2 * 60 * 60_000;

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

export function isOffline(position: Pick<Position, "recordedAt">, now: number): boolean {
  return now - Date.parse(position.recordedAt) > OFFLINE_MS;
}

/** Full while heard of, faded when stale, an empty broken ring when offline. */
export function dotStyle(position: Position, now: number, selected: boolean): CircleMarkerOptions {
  const offline = isOffline(position, now);
  const opacity = offline ? 0.7 : isStale(position, now) ? 0.4 : 1;
  return {
    radius: selected ? 10 : 7,
    color: token(offline ? "--ink-soft" : RINGS[position.activityType]),
    weight: offline ? 2 : selected ? 5 : 4,
    dashArray: offline ? "3 3" : undefined,
    opacity,
    fillColor: token("--ink"),
    fillOpacity: offline ? 0 : opacity,
  };
}

/** Around the dot of an officer whose phone holds unsent work. */
export function haloStyle(): CircleMarkerOptions {
  return {
    radius: 14,
    color: token("--waiting"),
    weight: 2,
    fill: false,
    interactive: false,
  };
}

/** Somebody in a replay; faint where no position is known near that time. */
export function replayStyle(activity: ActivityType, known: boolean): CircleMarkerOptions {
  const opacity = known ? 1 : 0.35;
  return {
    radius: 7,
    color: token(RINGS[activity]),
    weight: 4,
    opacity,
    fillColor: token("--raised"),
    fillOpacity: opacity,
  };
}

export function ringColour(activity: ActivityType): string {
  return `var(${RINGS[activity]})`;
}

export function trackStyle(): PathOptions {
  return { color: token("--primary"), weight: 3, opacity: 0.8, fill: false };
}
