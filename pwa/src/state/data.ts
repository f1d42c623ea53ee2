/**
 * The opened copy of the store that the screens read: groups, members, the outbox. It is
 * filled at unlock (load-data.ts, which the locked app does not need), and emptied at lock.
 */
import { create } from "zustand";
import type { Group, Member, Operation, Upload } from "../lib/model";
import type { Progress } from "../sync/notify";
import type { Listed, WaitingChanges } from "./waiting";

/** A member as the screens show it. */
export type ListedMember = Listed<Member>;

interface DataState {
  groups: Map<string, Group>;
  members: Map<string, ListedMember>;
  operations: Operation[];
  /** By the id of the record that an operation makes: what state is it in? */
  byEntity: Map<string, Operation>;
  /** What the server's copies do not know yet, by record. */
  waiting: WaitingChanges;
  /** The run that fetched the copy of a group or member: what a later one settled is not in it. */
  copiedAt: ReadonlyMap<string, number>;
  positionsWaiting: number;
  /** Pictures on their way, and those that the server got lately; the oldest first. */
  uploads: Upload[];
  /** The one that is going up at this moment. */
  uploading: string | null;
  progress: Progress;
  firstCopy: { done: boolean; members: number; expected: number };
  lastPullAt: number | null;
  sessionEnded: boolean;
  /** Counts up when stored contributions may have changed. */
  revision: number;
}

const EMPTY: DataState = {
  groups: new Map(),
  members: new Map(),
  operations: [],
  byEntity: new Map(),
  waiting: new Map(),
  copiedAt: new Map(),
  positionsWaiting: 0,
  uploads: [],
  uploading: null,
  progress: { phase: "idle", done: 0, total: 0, problem: null },
  firstCopy: { done: true, members: 0, expected: 0 },
  lastPullAt: null,
  sessionEnded: false,
  revision: 0,
};

export const useData = create<DataState>(() => EMPTY);

let cleared: (() => void) | null = null;

/** What else is to be forgotten when the phone is locked. */
export function whenCleared(forget: () => void): void {
  cleared = forget;
}

export function clearData(): void {
  cleared?.();
  cleared = null;
  useData.setState(EMPTY, true);
}
