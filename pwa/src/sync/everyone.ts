/**
 * A phone may be shared. Whoever has it open, what waits on it goes up under the name of the one
 * who wrote it down: their outbox and their tokens lie under their own seal key, which needs no PIN.
 */
import { listAccounts } from "../store/device";
import { getMeta, openUserStore, type UserStore } from "../store/user-store";
import { unsettled } from "./batch";
import { runSync } from "./engine";
import type { Problem } from "./notify";
import { countUnsent } from "./report";
import { isUnsentUpload } from "./upload-box";
import { hasUploads, runUploads } from "./uploads";

/** One after the other; a server that fails for one of them does not stop the next. */
export async function sendForAll(except: string | null = null): Promise<Problem> {
  let worst: Problem = null;
  for (const { userId } of await listAccounts()) {
    if (userId === except) continue;
    const problem = await sendFor(await openUserStore(userId));
    if (problem === "offline") return problem;
    if (problem === "server" || worst === null) worst = problem;
  }
  return worst;
}

async function sendFor(store: UserStore): Promise<Problem> {
  if (!(await canSend(store))) return null;
  // Also where all of it needs the officer: the office hears that it still lies here.
  if ((await unsettled(store)).length > 0) {
    const problem = await runSync(store, { dataKey: null });
    if (problem !== null) return problem;
  }
  if (!(await hasUploads(store))) return null;
  const { problem, saved } = await runUploads(store);
  // What rests on the pictures can go up now.
  if (saved > 0) await runSync(store, { dataKey: null });
  return problem;
}

/** Nobody else can send it without their password. */
async function canSend(store: UserStore): Promise<boolean> {
  if (await getMeta(store, "sessionEnded")) return false;
  return (await getMeta(store, "session")) !== undefined;
}

/** What another officer has left on this phone. */
export interface Left {
  userId: string;
  name: string;
  /** Records and pictures that the server does not have. */
  count: number;
  /** Of those, what it refused. */
  needs: number;
  /** It goes up by itself. */
  goesUp: boolean;
}

export async function leftByOthers(mine: string): Promise<Left[]> {
  const others = (await listAccounts()).filter(({ userId }) => userId !== mine);
  const all = await Promise.all(others.map(({ userId, name }) => leftBy(userId, name)));
  return all.filter(({ count }) => count > 0);
}

async function leftBy(userId: string, name: string): Promise<Left> {
  const store = await openUserStore(userId);
  const { waiting, failed } = await countUnsent(store);
  const pictures = (await store.db.getAll("uploads")).filter(isUnsentUpload);
  return {
    userId,
    name,
    count: waiting + failed + pictures.length,
    needs: failed + pictures.filter(({ status }) => status !== "waiting").length,
    goesUp: await canSend(store),
  };
}
