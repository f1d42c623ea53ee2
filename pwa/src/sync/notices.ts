/**
 * Asking the server to tell this phone, and to stop. For the page and the service worker, so
 * it reads nothing that is shut while the phone is locked.
 */
import { RemovePushDocument, SavePushDocument, VapidKeyDocument } from "../gen/graphql";
import { NoPushService, type Subscribed, subscribe } from "../platform/push";
import { loadDevice } from "../store/device";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { Refused, request } from "./api";
import { SessionEnded, withToken } from "./session";

/** Why the officer is not told: the office has it off, the phone cannot, or not at the moment. */
export type NotTold = "switchedOff" | "unreachable" | "offline" | "signIn";

/** Has the server tell this phone what the officer must know; null when it will. */
export async function tellHere(
  store: UserStore,
  registration: Pick<ServiceWorkerRegistration, "pushManager">,
  language: string,
): Promise<NotTold | null> {
  try {
    return await withToken(store, async (token) => {
      const { vapidPublicKey } = await request(VapidKeyDocument, {}, { token });
      if (!vapidPublicKey) return "switchedOff";
      const subscribed = await subscribe(registration, vapidPublicKey);
      await save(token, subscribed, language);
      await setMeta(store, "notices", { wanted: true, language });
      return null;
    });
  } catch (error) {
    if (error instanceof NoPushService) return "unreachable";
    if (error instanceof SessionEnded) return "signIn";
    if (error instanceof Refused) return error.code === "PUSH_OFF" ? "switchedOff" : "unreachable";
    return "offline";
  }
}

async function save(token: string, subscribed: Subscribed, language: string): Promise<void> {
  const { deviceId } = await loadDevice();
  await request(SavePushDocument, { input: { deviceId, language, ...subscribed } }, { token });
}

/** The server may be out of reach: then it learns it from the push service. */
export async function stopTelling(store: UserStore): Promise<void> {
  const { deviceId } = await loadDevice();
  await withToken(store, (token) => request(RemovePushDocument, { deviceId }, { token })).catch(
    () => undefined,
  );
}

export const wantsNotices = async (store: UserStore): Promise<boolean> =>
  (await getMeta(store, "notices"))?.wanted ?? false;
