/**
 * On duty: positions go into the outbox like everything else, at most one every 30 seconds
 * or 50 metres, so they survive a stretch without signal and go up in order, in batches.
 */
import { uuidv7 } from "@tablebanking/common/uuid";
import { create } from "zustand";
import type { ActivityType } from "../gen/graphql";
import { t } from "../i18n";
import { currentPath } from "../lib/router";
import { readBattery } from "../platform/battery";
import { type LocationProblem, type Position, watchPosition } from "../platform/geolocation";
import { platform } from "../platform/platform";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { enqueue } from "../sync/outbox";
import { activityNow, isDue, isLow, isRiding, type Reason } from "./duty-rules";
import { openStore } from "./session";
import { syncNow } from "./sync";

export const ACTIVITIES = [
  "GROUP_MEETING",
  "MEMBER_VISIT",
  "COLLECTION",
  "TRAVEL",
  "OTHER",
] as const satisfies readonly ActivityType[];

/** With a low battery the radio is woken more rarely too. */
const SAVING_SEND_MS = 10 * 60_000;

interface DutyState {
  onDuty: boolean;
  consented: boolean;
  /** What the officer chose. */
  activity: ActivityType;
  /** What the last position said instead, and why. */
  instead: { activity: ActivityType; reason: Reason } | null;
  lastPosition: Position | null;
  problem: LocationProblem | null;
  /** Percent; null where the browser does not tell. */
  battery: number | null;
  /** The battery is low: positions are rarer. */
  saving: boolean;
  /** This phone goes on in the background. */
  background: boolean;
}

const OFF: DutyState = {
  onDuty: false,
  consented: false,
  activity: "GROUP_MEETING",
  instead: null,
  lastPosition: null,
  problem: null,
  battery: null,
  saving: false,
  background: false,
};

export const useDuty = create<DutyState>(() => OFF);

let stopWatching: (() => void) | null = null;
let lastSent = 0;

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
    background: (await platform()).background,
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
  useDuty.setState({ activity, instead: null });
  await setMeta(openStore().store, "activity", activity);
}

export function pauseDuty(): void {
  stopWatching?.();
  stopWatching = null;
  useDuty.setState({ onDuty: false, lastPosition: null, problem: null, instead: null });
}

/** Goes on while the phone is locked: positions are sealed under the seal key. */
function watch(store: UserStore): void {
  stopWatching?.();
  useDuty.setState({ onDuty: true, problem: null });
  stopWatching = watchPosition({
    saving: useDuty.getState().saving,
    notice: { title: t("duty.title"), text: t("duty.on") },
    onPosition: (position) => {
      const { lastPosition, saving } = useDuty.getState();
      if (!isDue(lastPosition, position, saving)) return;
      useDuty.setState({ lastPosition: position, problem: null });
      void record(store, position, isRiding(lastPosition, position));
    },
    onProblem: (problem) => useDuty.setState({ problem }),
  });
}

async function record(store: UserStore, position: Position, riding: boolean): Promise<void> {
  const id = uuidv7();
  const battery = await readBattery();
  const now = activityNow(useDuty.getState().activity, currentPath(), riding);
  const input = {
    offlineSyncId: id,
    latitude: position.latitude,
    longitude: position.longitude,
    accuracy: position.accuracy,
    activityType: now.activity,
    recordedAt: new Date(position.at).toISOString(),
    ...(battery === null ? {} : { batteryLevel: battery.level }),
  };
  const body = { type: "trackOfficer", input } as const;
  await enqueue(store, [{ groupId: "", body }]);
  const { saving, onDuty } = useDuty.getState();
  const low = isLow(battery);
  useDuty.setState({
    instead: now.reason ? now : null,
    battery: battery?.level ?? null,
    saving: low,
  });
  // The receiver is asked again, for less or for more than until now.
  if (onDuty && low !== saving) watch(store);
  if (low && Date.now() - lastSent < SAVING_SEND_MS) return;
  lastSent = Date.now();
  await syncNow(false);
}
