/** One run: push, then (where the data key is at hand) pull. One at a time for the whole phone. */
import { withLock } from "../platform/locks";
import { isStorageFull } from "../store/full";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { Refused, TimedOut, Unreachable } from "./api";
import { notify, type Problem } from "./notify";
import { purgeSettled } from "./outbox";
import { pull } from "./pull";
import { push } from "./push";
import { reportUnsent } from "./report";
import { keepHeard, lastHeard } from "./server-clock";
import { SessionEnded } from "./session";

export interface RunOptions {
  /** Null while the phone is locked, and in the service worker: then it only sends. */
  dataKey: CryptoKey | null;
  /** Asked for by the officer: does not wait for the back-off. */
  byHand?: boolean;
}

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** Doubling, with jitter: phones that lost one server do not all come back at once. */
export function backoffDelay(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return Math.round(full * (0.5 + random() / 2));
}

/** A longer pause than any is a clock that has jumped back. */
export function isPause(notBefore: number, now: number = Date.now()): boolean {
  return notBefore > now && notBefore - now <= LONGEST_DELAY_MS;
}

const queued = new Map<string, Promise<Problem>>();

/** A run that has not started yet serves everybody who asks for one meanwhile. */
export function runSync(store: UserStore, options: RunOptions): Promise<Problem> {
  const key = `${store.userId}:${options.dataKey !== null}:${options.byHand === true}`;
  const waiting = queued.get(key);
  if (waiting) return waiting;
  const run = withLock(`tablebanking-sync-${store.userId}`, () => {
    queued.delete(key);
    return once(store, options);
  });
  queued.set(key, run);
  return run;
}

async function once(store: UserStore, { dataKey, byHand }: RunOptions): Promise<Problem> {
  const backoff = (await getMeta(store, "backoff")) ?? { failures: 0, notBefore: 0 };
  if (!byHand && isPause(backoff.notBefore)) return "server";
  if (await getMeta(store, "sessionEnded")) return finish(store, "signIn");
  await setMeta(store, "run", ((await getMeta(store, "run")) ?? 0) + 1);
  let problem: Problem;
  try {
    problem = (await push(store)).problem;
    if (problem === null && dataKey) {
      tellPull(store);
      await pull(store, dataKey);
      await purgeSettled(store, lastHeard());
    }
  } catch (error) {
    problem = diagnose(error);
  }
  // Best effort: it comes again with the next run, and says nothing that the officer must know.
  if (problem === null || problem === "server") await reportUnsent(store).catch(() => undefined);
  return finish(store, problem);
}

function diagnose(error: unknown): Problem {
  if (error instanceof SessionEnded) return "signIn";
  if (error instanceof Refused && error.code === "UNAUTHENTICATED") return "signIn";
  if (error instanceof Unreachable || error instanceof TimedOut) return "offline";
  return isStorageFull(error) ? "storage" : "server";
}

async function finish(store: UserStore, problem: Problem): Promise<Problem> {
  await keepHeard(store);
  const before = (await getMeta(store, "backoff"))?.failures ?? 0;
  // Being offline is no reason to wait once the signal is back; a failing server is.
  if (problem === "server") {
    const failures = before + 1;
    await setMeta(store, "backoff", { failures, notBefore: Date.now() + backoffDelay(failures) });
  } else if (problem === null) {
    await setMeta(store, "backoff", { failures: 0, notBefore: 0 });
  }
  notify({
    kind: "progress",
    userId: store.userId,
    progress: { phase: "idle", done: 0, total: 0, problem },
  });
  return problem;
}

function tellPull(store: UserStore): void {
  notify({
    kind: "progress",
    userId: store.userId,
    progress: { phase: "pull", done: 0, total: 0, problem: null },
  });
}
