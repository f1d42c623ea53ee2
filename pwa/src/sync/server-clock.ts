/**
 * What time it is by the server, as far as this phone knows: from the `Date` of each good answer.
 * Phones' clocks are set wrong and jump; whatever would be lost by that is judged by this one.
 */
import { getMeta, setMeta, type UserStore } from "../store/user-store";

export interface Heard {
  /** The server's time, and the phone's clock at that moment (ms). */
  server: number;
  phone: number;
}

/** With the browser's own steady clock, which nobody sets; it begins anew with each page. */
type HeardHere = Heard & { steady: number };

let here: HeardHere | null = null;

/** Only of answers that are the server's beyond doubt: portals of hotels send dates, too. */
export function hear(date: string | null): void {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (!Number.isNaN(server)) here = { server, phone: Date.now(), steady: performance.now() };
}

/** The last time that the server said, never ahead of it; null where it has said none here. */
export const lastHeard = (): number | null => here?.server ?? null;

/** For a page that opens later, perhaps without signal. */
export async function keepHeard(store: UserStore): Promise<void> {
  if (!here) return;
  const { server, phone } = here;
  await setMeta(store, "clock", { server, phone });
}

/** When this page began, by both of the phone's clocks. */
const began = { phone: Date.now(), steady: performance.now() };

/**
 * The server's time now, as well as it can be told. Heard by this page: counted on by the steady
 * clock. Else by the phone's clock, as wrong as it was then, and by how far it jumped while this
 * page was open. (The steady clock may stand still while a phone sleeps: a jump is a suspicion.)
 */
export async function serverNow(store: UserStore): Promise<number | null> {
  if (here) return here.server + performance.now() - here.steady;
  const heard = await getMeta(store, "clock");
  if (!heard) return null;
  const openFor = performance.now() - began.steady;
  const guess = began.phone + openFor + heard.server - heard.phone;
  // Time does not run backwards: a clock that was set back since is found out at least so far.
  return Math.max(guess, heard.server);
}

/** The server refuses signatures that are dated more than a day ahead (app/…/signing.py). */
export const TOO_FAR_MS = 20 * 3_600_000;

/** How far the phone's clock is ahead (behind: below 0), if that matters; null if it does not. */
export async function clockIsOff(
  store: UserStore,
): Promise<{ phone: number; server: number } | null> {
  const server = await serverNow(store);
  const phone = Date.now();
  if (server === null || Math.abs(phone - server) < TOO_FAR_MS) return null;
  return { phone, server };
}
