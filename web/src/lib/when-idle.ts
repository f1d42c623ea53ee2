/** Longest wait for a browser that is never idle. */
const AT_LATEST_MS = 1_000;

/** Does what can wait once the browser has nothing better to do; the answer calls it off. */
export function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  if (!window.requestIdleCallback) {
    const timer = setTimeout(act);
    return () => clearTimeout(timer);
  }
  const id = window.requestIdleCallback(act, { timeout: AT_LATEST_MS });
  return () => window.cancelIdleCallback(id);
}
