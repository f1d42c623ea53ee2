/**
 * On duty: positions go into the outbox like everything else, at most one every 30 seconds
 * or 50 metres, so they survive a stretch without signal and go up in order.
 */
import { uuidv7 } from "@tablebanking/common/uuid";
import { create } from "zustand";
import type { ActivityType } from "../gen/graphql";
import { batteryLevel } from "../platform/battery";
import {
  distance,
  type LocationProblem,
  type Position,
  watchPosition,
} from "../platform/geolocation";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { enqueue } from "../sync/outbox";
import { openStore } from "./session";
import { syncNow } from "./sync";

export const ACTIVITIES = [
  "GROUP_MEETING",
  "MEMBER_VISIT",
  "COLLECTION",
  "TRAVEL",
  "OTHER",
] as const satisfies readonly ActivityType[];

const EVERY_MS = 30_000;
const MOVED_M = 50;

interface DutyState {
  onDuty: boolean;
  consented: boolean;
  activity: ActivityType;
  lastPosition: Position | null;
  problem: LocationProblem | null;
}

const OFF: DutyState = {
  onDuty: false,
  consented: false,
  activity: "GROUP_MEETING",
  lastPosition: null,
  problem: null,
};

export const useDuty = create<DutyState>(() => OFF);

let stopWatching: (() => void) | null = null;

/** Worth keeping: half a minute has passed, or the officer has moved. */
export function isDue(last: Position | null, next: Position): boolean {
  if (!last) return true;
  return next.at - last.at >= EVERY_MS || distance(last, next) >= MOVED_M;
}

/** After unlocking: who was on duty still is. */
export async function resumeDuty(): Promise<void> {
  const { store } = openStore();
  const [onDuty, consentAt, activity] = await Promise.all([
    getMeta(store, "onDuty"),
    getMeta(store, "consentAt"),
    getMeta(store, "activity"),
  ]);
  useDuty.setState({
    ...OFF,
    consented: consentAt !== undefined,
    activity: (activity as ActivityType | undefined) ?? OFF.activity,
  });
  if (onDuty) watch(store);
}

export async function goOnDuty(): Promise<void> {
  const { store } = openStore();
  await setMeta(store, "onDuty", true);
  if (!useDuty.getState().consented) await setMeta(store, "consentAt", Date.now());
  useDuty.setState({ consented: true });
  watch(store);
}

export async function goOffDuty(): Promise<void> {
  const { store } = openStore();
  pauseDuty();
  await setMeta(store, "onDuty", false);
}

export async function chooseActivity(activity: ActivityType): Promise<void> {
  useDuty.setState({ activity });
  await setMeta(openStore().store, "activity", activity);
}

export function pauseDuty(): void {
  stopWatching?.();
  stopWatching = null;
  useDuty.setState({ onDuty: false, lastPosition: null, problem: null });
}

/** Goes on while the phone is locked: positions are sealed under the seal key. */
function watch(store: UserStore): void {
  stopWatching?.();
  useDuty.setState({ onDuty: true, problem: null });
  stopWatching = watchPosition(
    (position) => {
      const { lastPosition } = useDuty.getState();
      if (!isDue(lastPosition, position)) return;
      useDuty.setState({ lastPosition: position, problem: null });
      void record(store, position);
    },
    (problem) => useDuty.setState({ problem }),
  );
}

async function record(store: UserStore, position: Position): Promise<void> {
  const id = uuidv7();
  const battery = await batteryLevel();
  const input = {
    offlineSyncId: id,
    latitude: position.latitude,
    longitude: position.longitude,
    accuracy: position.accuracy,
    activityType: useDuty.getState().activity,
    recordedAt: new Date(position.at).toISOString(),
    ...(battery === null ? {} : { batteryLevel: battery }),
  };
  const body = { type: "trackOfficer", input } as const;
  await enqueue(store, [{ groupId: "", body }]);
  await syncNow(false);
}
