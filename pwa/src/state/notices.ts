/**
 * Notices with the app closed. The officer's wish is kept on the phone; the server learns it now,
 * or when there is signal. Whoever unlocks the phone and wishes it is told here from then on.
 */
import { create } from "zustand";
import type { NoticeCame, OpenScreen } from "../lib/notice";
import { navigate } from "../lib/router";
import { askPermission, canBeTold, isRefused, unsubscribe } from "../platform/push";
import { getMeta, setMeta } from "../store/user-store";
import { type NotTold, stopTelling, tellHere } from "../sync/notices";
import { usePrefs } from "./prefs";
import { isOpen, openStore } from "./session";
import { syncNow } from "./sync";

export type NoticeProblem = NotTold | "unsupported" | "denied";

interface Notices {
  /** The officer's wish, on this phone. */
  wanted: boolean;
  /** The server knows of it. */
  on: boolean;
  busy: boolean;
  problem: NoticeProblem | null;
  /** The card that offers it was put away. */
  declined: boolean;
}

const NOTHING: Notices = {
  wanted: false,
  on: false,
  busy: false,
  problem: null,
  declined: true,
};

export const useNotices = create<Notices>(() => NOTHING);

/** After unlocking: the wish is read, and told to the server again, which may have lost it. */
export async function resumeNotices(): Promise<void> {
  const { store } = openStore();
  const [kept, declined] = await Promise.all([
    getMeta(store, "notices"),
    getMeta(store, "noticesDeclined"),
  ]);
  const wanted = kept?.wanted ?? false;
  useNotices.setState({ ...NOTHING, wanted, declined: declined ?? false });
  if (!wanted) return;
  // A permission is the browser's: the officer may have taken it back there.
  if (!canBeTold() || isRefused()) useNotices.setState({ problem: problemHere() });
  else await tell();
}

/** After a touch: asks for the permission, and has the server tell this phone. */
export async function wantNotices(): Promise<void> {
  if (useNotices.getState().busy) return;
  const here = canBeTold();
  if (!here || !(await askPermission())) {
    useNotices.setState({ problem: here ? "denied" : "unsupported" });
    return;
  }
  const { store } = openStore();
  await setMeta(store, "notices", { wanted: true, language: usePrefs.getState().language });
  useNotices.setState({ wanted: true });
  await tell();
}

export async function refuseNotices(): Promise<void> {
  const { store } = openStore();
  await setMeta(store, "notices", { wanted: false, language: usePrefs.getState().language });
  useNotices.setState({ wanted: false, on: false, problem: null });
  await Promise.all([unsubscribe(), stopTelling(store)]);
}

export async function declineOffer(): Promise<void> {
  useNotices.setState({ declined: true });
  await setMeta(openStore().store, "noticesDeclined", true);
}

async function tell(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration || !isOpen()) return;
  const { store } = openStore();
  useNotices.setState({ busy: true, problem: null });
  const problem = await tellHere(store, registration, usePrefs.getState().language);
  useNotices.setState({ busy: false, on: problem === null, problem });
}

const problemHere = (): NoticeProblem => (canBeTold() ? "denied" : "unsupported");

/** What the service worker asks of an open page, and the signal that a wish has waited for. */
export function startNotices(): void {
  const worker = "serviceWorker" in navigator ? navigator.serviceWorker : null;
  worker?.addEventListener("message", ({ data }: MessageEvent<OpenScreen | NoticeCame>) => {
    if (data?.type === "NOTICE_CAME") void syncNow(false);
    if (data?.type === "OPEN_SCREEN") navigate(data.path);
  });
  worker?.startMessages();
  window.addEventListener("online", () => {
    const { wanted, on, problem } = useNotices.getState();
    if (wanted && !on && problem === "offline" && isOpen()) void tell();
  });
}
