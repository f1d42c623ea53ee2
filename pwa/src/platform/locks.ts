/**
 * Web Locks: one holder among all tabs and the service worker. Browsers without them
 * (before 2022) get a queue within the page, which is all the concurrency they have,
 * since they lack Background Sync too.
 */
const queues = new Map<string, Promise<unknown>>();

export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== "undefined" && navigator.locks) {
    return (await navigator.locks.request(name, work)) as T;
  }
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}
