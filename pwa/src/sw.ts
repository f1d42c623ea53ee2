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
import { listenForNotices } from "./sw-notices";
import { sendForAll } from "./sync/everyone";

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
  const problem = await sendForAll();
  if (problem === "offline" || problem === "server") throw new Error(problem);
}
