/** Web Push as the browser gives it: permission, and a subscription that does not hang. */

/** `subscribe` never answers where the phone has no push service (no Google services, no way out). */
const SUBSCRIBE_MS = 20_000;

/** The phone's push service did not answer, or would not. */
export class NoPushService extends Error {}

export const canBeTold = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

export const isRefused = (): boolean =>
  "Notification" in globalThis && Notification.permission === "denied";

/** Asks the officer; only ever after a touch that says what it is for. */
export async function askPermission(): Promise<boolean> {
  return (await Notification.requestPermission()) === "granted";
}

type Registration = Pick<ServiceWorkerRegistration, "pushManager">;

/** What the server needs to know: the address, and the two keys in base64url. */
export interface Subscribed {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** The subscription under this key, an existing one if there is one. Throws NoPushService. */
export async function subscribe({ pushManager }: Registration, key: string): Promise<Subscribed> {
  const existing = await pushManager.getSubscription();
  const wanted = bytesOf(key);
  const kept = existing?.options.applicationServerKey;
  if (existing && kept && same(new Uint8Array(kept), wanted)) return read(existing);
  // The server has another key than before: what was made under the old one is of no use.
  await existing?.unsubscribe();
  try {
    const made = pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
    return read(await inTime(made));
  } catch (cause) {
    throw new NoPushService("no subscription", { cause });
  }
}

/** Works without signal: the push service then knows nobody here, and tells the server. */
export async function unsubscribe(): Promise<void> {
  if (!canBeTold()) return;
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe().catch(() => false);
}

function read(subscription: PushSubscription): Subscribed {
  const { endpoint, keys = {} } = subscription.toJSON();
  return { endpoint: endpoint ?? "", p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer in time")), SUBSCRIBE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

const same = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);
