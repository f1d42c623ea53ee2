/**
 * Screens by the hash of the address: "#/members/<id>". The server need not know them, they
 * survive a reload without signal, and the phone's back button works.
 */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("hashchange", listener);
  };
}

export const currentPath = (): string => window.location.hash.slice(1) || "/";

export const usePath = (): string => useSyncExternalStore(subscribe, currentPath);

export function navigate(to: string, { replace = false } = {}): void {
  if (replace) {
    window.history.replaceState(window.history.state, "", `#${to}`);
    for (const listener of listeners) listener();
  } else {
    window.location.hash = to;
  }
}

/** Back where the officer came from; on a freshly opened app there is only `fallback`. */
export function goBack(fallback: string): void {
  if (window.history.length > 1) window.history.back();
  else navigate(fallback, { replace: true });
}

/** What stands behind the "?" of the address. */
export const useQuery = (): URLSearchParams => new URLSearchParams(usePath().split("?")[1]);

/** Matches "/members/:id" and gives { id }, or null. */
export function match(pattern: string, actual: string): Record<string, string> | null {
  const [plain = ""] = actual.split("?");
  const wanted = pattern.split("/");
  const given = plain.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}
