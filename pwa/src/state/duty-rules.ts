/** What an officer on duty is doing, and which positions are worth keeping. Plain rules. */
import type { ActivityType } from "../gen/graphql";
import { distance, type Position } from "../platform/geolocation";

const EVERY_MS = 30_000;
const MOVED_M = 50;
const SAVING_EVERY_MS = 120_000;
const SAVING_MOVED_M = 200;
/** Metres a second: 15 km/h, faster than anybody walks. */
const RIDING = 15 / 3.6;
const LOW_PERCENT = 15;

/** Worth keeping: half a minute has passed, or the officer has moved. With a low battery, less. */
export function isDue(last: Position | null, next: Position, saving = false): boolean {
  if (!last) return true;
  const every = saving ? SAVING_EVERY_MS : EVERY_MS;
  return next.at - last.at >= every || distance(last, next) >= (saving ? SAVING_MOVED_M : MOVED_M);
}

/** Below this the phone must last the meeting: positions become rarer. */
export const isLow = (battery: { level: number; charging: boolean } | null): boolean =>
  battery !== null && !battery.charging && battery.level <= LOW_PERCENT;

/** Faster than on foot, beyond what the inaccuracy of both positions would explain. */
export function isRiding(last: Position | null, next: Position): boolean {
  if (!last || next.at <= last.at) return false;
  const certain = distance(last, next) - last.accuracy - next.accuracy;
  return certain / ((next.at - last.at) / 1000) >= RIDING;
}

export type Reason = "meeting" | "moving" | null;

/**
 * What the position says the officer does. The app knows a meeting and a ride better than a
 * choice that was made in the morning; for all else the officer's word counts.
 */
export function activityNow(
  chosen: ActivityType,
  path: string,
  riding: boolean,
): { activity: ActivityType; reason: Reason } {
  if (path.startsWith("/meeting/")) {
    return { activity: "GROUP_MEETING", reason: chosen === "GROUP_MEETING" ? null : "meeting" };
  }
  if (riding) return { activity: "TRAVEL", reason: chosen === "TRAVEL" ? null : "moving" };
  return { activity: chosen, reason: null };
}
