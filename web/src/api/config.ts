/** What the deployment decides and the page must know; without an answer the defaults hold. */
import { useSyncExternalStore } from "react";

export type AppConfig = {
  tileUrl: string | null;
  tileAttribution: string | null;
  currency: string;
  timezone: string;
};

const DEFAULTS: AppConfig = {
  tileUrl: null,
  tileAttribution: null,
  currency: "KES",
  timezone: "Africa/Nairobi",
};

let config = DEFAULTS;
const listeners = new Set<() => void>();

export async function loadConfig(): Promise<void> {
  try {
    const response = await fetch("/config.json", { headers: { accept: "application/json" } });
    if (!response.ok) return;
    const answered: AppConfig = { ...DEFAULTS, ...(await response.json()) };
    // A map is made anew for another configuration, so an equal one is no change.
    if (JSON.stringify(answered) === JSON.stringify(config)) return;
    config = answered;
    for (const listener of listeners) listener();
  } catch {
    // Offline, or an older server: the defaults are good to work with.
  }
}

export function useConfig(): AppConfig {
  return useSyncExternalStore(subscribe, () => config);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
