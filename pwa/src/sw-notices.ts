/** The service worker's part of notices: showing them, and opening what they are about. */
import { type NoticeCame, type OpenScreen, pathOf, readNotice } from "./lib/notice";
import { listAccounts } from "./store/device";
import { getMeta, openUserStore } from "./store/user-store";
import { tellHere, wantsNotices } from "./sync/notices";

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushEvent extends ExtendableEvent {
  data: { json(): unknown } | null;
}
interface ClickEvent extends ExtendableEvent {
  notification: { data: unknown; close(): void };
}
interface Page {
  visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: OpenScreen | NoticeCame): void;
}
declare const self: typeof globalThis & {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll(options: { type: "window" }): Promise<Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: string, listener: (event: never) => void): void;
};

const NAME = "Table Banking";

export function listenForNotices(): void {
  self.addEventListener("push", (event: PushEvent) => event.waitUntil(show(event.data)));
  self.addEventListener("notificationclick", (event: ClickEvent) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data));
  });
  self.addEventListener("pushsubscriptionchange", (event: ExtendableEvent) =>
    event.waitUntil(subscribeAgain()),
  );
}

/** Something is always shown: a browser takes the permission away from who pushes silently. */
async function show(data: PushEvent["data"]): Promise<void> {
  const notice = readNotice(parse(data));
  const icon = "icon-192.png";
  await self.registration.showNotification(notice?.title ?? NAME, {
    body: notice?.body ?? "",
    icon,
    badge: icon,
    lang: notice?.lang ?? "en",
    // A later word about the same loan takes the place of the earlier one.
    tag: notice?.tag || "notice",
    data: { path: notice ? pathOf(notice) : "/" },
  });
  for (const page of await self.clients.matchAll({ type: "window" })) {
    page.postMessage({ type: "NOTICE_CAME" });
  }
}

function parse(data: PushEvent["data"]): unknown {
  try {
    return data?.json();
  } catch {
    return null;
  }
}

/** The page that is open already, or a new one. A locked phone asks for the PIN first. */
async function open(data: unknown): Promise<void> {
  const { path = "/" } = (data ?? {}) as { path?: string };
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((one) => one.visibilityState === "visible") ?? pages[0];
  if (!page) {
    await self.clients.openWindow(`${import.meta.env.BASE_URL}#${path}`);
    return;
  }
  page.postMessage({ type: "OPEN_SCREEN", path });
  // A browser lets nobody come to the front but after a touch.
  await page.focus().catch(() => undefined);
}

/** The push service has given up our address: the officer who was here last is told at a new one. */
async function subscribeAgain(): Promise<void> {
  for (const { userId } of await listAccounts()) {
    const store = await openUserStore(userId);
    if (!(await wantsNotices(store))) continue;
    const language = (await getMeta(store, "notices"))?.language ?? "en";
    await tellHere(store, self.registration, language);
    return;
  }
}
