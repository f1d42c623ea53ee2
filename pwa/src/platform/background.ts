/** Background Sync and its periodic sibling, where the browser has them and allows them. */
export const SYNC_TAG = "tablebanking-sync";
const FIFTEEN_MINUTES_MS = 15 * 60_000;

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
  periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> };
}

async function registration(): Promise<SyncRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  return navigator.serviceWorker.getRegistration();
}

/** The service worker sends the outbox when the network is back, even with the app closed. */
export async function askForSync(): Promise<void> {
  try {
    await (await registration())?.sync?.register(SYNC_TAG);
  } catch {
    // Not permitted: the page's own triggers remain.
  }
}

export async function askForPeriodicSync(): Promise<void> {
  try {
    const periodic = (await registration())?.periodicSync;
    await periodic?.register(SYNC_TAG, { minInterval: FIFTEEN_MINUTES_MS });
  } catch {
    // Not permitted: the page's own timer remains.
  }
}
