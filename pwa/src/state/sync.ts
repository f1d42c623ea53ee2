/** When to synchronise: the signal is back, the service worker says so, every 15 minutes, by hand, or new work. */
import { askForSync } from "../platform/background";
import { useData } from "./data";
import { currentStore } from "./session";

const EVERY_MS = 15 * 60_000;
const RETRY_FIRST_MS = 5_000;
const LOOK_EVERY_MS = 5_000;

let retries = 0;
/** The phone said that it has no network; not every phone tells when it has one again. */
let noNetwork = false;
let retry: ReturnType<typeof setTimeout> | undefined;

/** After new work: now if possible, and by Background Sync if the page is gone before. */
export function syncSoon(): void {
  void askForSync();
  void syncNow(false, { others: false });
}

/** `others`: what colleagues have left on this phone goes up as well. */
export async function syncNow(byHand: boolean, { others = true } = {}): Promise<void> {
  const open = await currentStore();
  if (!open) return;
  if (!navigator.onLine && !byHand) {
    showProblem("offline");
    return;
  }
  clearTimeout(retry);
  // Not part of the shell that opens first; it lies in the phone's own copy of the app.
  const { runSync } = await import("../sync/engine");
  const run = () => runSync(open.store, { dataKey: open.dataKey, byHand });
  let problem = await run();
  if (problem === null) {
    const { runUploads } = await import("../sync/uploads");
    const pictures = await runUploads(open.store, { byHand });
    // What rests on them can go up now, and the members come with their new papers.
    if (pictures.saved > 0) await run();
    problem = pictures.problem;
  }
  if (problem === null || problem === "signIn") {
    retries = 0;
    if (others) await sendForOthers(open.store.userId);
    return;
  }
  // "Online" often means a network without a way out: try again, more and more slowly.
  const pause = Math.min(EVERY_MS, RETRY_FIRST_MS * 2 ** retries);
  // Only a try by this timer makes the next pause longer: fifty payments at the table must not.
  clearTimeout(retry);
  retry = setTimeout(
    () => {
      retries += 1;
      void syncNow(false);
    },
    pause * (0.75 + Math.random() / 2),
  );
}

/** Background Sync does it too, where there is one. */
async function sendForOthers(mine: string): Promise<void> {
  const { sendForAll } = await import("../sync/everyone");
  await sendForAll(mine);
}

function showProblem(problem: "offline"): void {
  noNetwork = true;
  useData.setState(({ progress }) =>
    progress.phase === "idle" ? { progress: { ...progress, problem } } : {},
  );
}

export function startTriggers(): () => void {
  const online = () => {
    retries = 0;
    noNetwork = false;
    void syncNow(false);
  };
  const offline = () => showProblem("offline");
  const visible = () => {
    if (document.visibilityState === "visible") void syncNow(false);
  };
  const look = setInterval(() => {
    if (noNetwork && navigator.onLine) online();
  }, LOOK_EVERY_MS);
  const timer = setInterval(() => void syncNow(false), EVERY_MS);
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  document.addEventListener("visibilitychange", visible);
  void syncNow(false);
  return () => {
    clearInterval(timer);
    clearInterval(look);
    clearTimeout(retry);
    window.removeEventListener("online", online);
    window.removeEventListener("offline", offline);
    document.removeEventListener("visibilitychange", visible);
  };
}
