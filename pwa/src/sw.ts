/**
 * The service worker: the app's files, so that it opens without signal, and the outbox, so
 * that it goes up when the signal is back even though the app is closed or locked. It reads
 * only what is sealed under the seal key (docs/phone.md); members stay shut to it.
 */
import { clientsClaim } from "workbox-core";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { SYNC_TAG } from "./platform/background";
import { listAccounts } from "./store/device";
import { openUserStore } from "./store/user-store";
import { listenForNotices } from "./sw-notices";
import { hasWork, runSync } from "./sync/engine";
import { hasUploads, runUploads } from "./sync/uploads";

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface TaggedEvent extends ExtendableEvent {
  tag: string;
}
declare const self: typeof globalThis & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (event: never) => void): void;
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
clientsClaim();
registerRoute(new NavigationRoute(createHandlerBoundToURL("index.html")));

listenForNotices();

self.addEventListener("message", (event: MessageEvent<{ type?: string }>) => {
  if (event.data?.type === "SKIP_WAITING") void self.skipWaiting();
});

self.addEventListener("sync", (event: TaggedEvent) => {
  if (event.tag === SYNC_TAG) event.waitUntil(sendAll());
});

self.addEventListener("periodicsync", (event: TaggedEvent) => {
  if (event.tag === SYNC_TAG) event.waitUntil(sendAll());
});

/** A rejection makes the browser try again later by itself. */
async function sendAll(): Promise<void> {
  for (const { userId } of await listAccounts()) {
    const store = await openUserStore(userId);
    if (await hasWork(store)) {
      const problem = await runSync(store, { dataKey: null });
      if (problem === "offline" || problem === "server") throw new Error(problem);
    }
    if (!(await hasUploads(store))) continue;
    const { problem, saved } = await runUploads(store);
    // What rests on the pictures can go up now.
    if (saved > 0) await runSync(store, { dataKey: null });
    if (problem === "offline" || problem === "server") throw new Error(problem);
  }
}
