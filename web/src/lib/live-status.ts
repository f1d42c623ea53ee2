/** Whether this page hears of changes as they happen; shown wherever something is live. */
import { useSyncExternalStore } from "react";

export type LiveStatus = "live" | "reconnecting" | "offline";

let status: LiveStatus = navigator.onLine ? "reconnecting" : "offline";
const listeners = new Set<() => void>();

export function setLiveStatus(next: LiveStatus): void {
  if (next === status) return;
  status = next;
  for (const listener of listeners) listener();
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribe, () => status);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
