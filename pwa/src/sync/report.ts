/**
 * Tells the office how much this phone still holds and since when, so that a phone which falls
 * silent with other people's cash in it is missed. Said at a run when it has changed, and again
 * while something is left; a phone that has sent all says so once.
 */
import { ReportUnsentWorkDocument } from "../gen/graphql";
import { kindOf } from "../operations";
import { loadDevice } from "../store/device";
import { getMeta, type Reported, setMeta, type Unsent, type UserStore } from "../store/user-store";
import { request } from "./api";
import { unsettled } from "./batch";
import { needsOfficer } from "./outbox";
import { withToken } from "./session";

/** Not more often than this, however much is written down meanwhile. */
const EARLIEST_MS = 30_000;
/** The office trusts a report less the older it is. */
const AGAIN_MS = 15 * 60_000;

export async function reportUnsent(
  store: UserStore,
  now: number = Date.now(),
  { atOnce = false } = {},
): Promise<void> {
  const unsent = await countUnsent(store);
  const last = (await getMeta(store, "reported")) ?? null;
  if (!isDue(unsent, last, now) && !(atOnce && hasChanged(unsent, last))) return;
  const { deviceId } = await loadDevice();
  const { oldestAt, ...counts } = unsent;
  const input = {
    deviceId,
    ...counts,
    oldestAt: oldestAt === null ? null : new Date(oldestAt).toISOString(),
  };
  await withToken(store, (token) => request(ReportUnsentWorkDocument, { input }, { token }));
  await setMeta(store, "reported", { ...unsent, at: now });
}

/** Records; positions are no cash. */
export async function countUnsent(store: UserStore): Promise<Unsent> {
  const records = (await unsettled(store)).filter((row) => kindOf(row.type)?.words !== undefined);
  const failed = records.filter(needsOfficer).length;
  return {
    waiting: records.length - failed,
    failed,
    oldestAt: records.length > 0 ? Math.min(...records.map((row) => row.timestamp)) : null,
  };
}

export function isDue(unsent: Unsent, last: Reported | null, now: number): boolean {
  const empty = unsent.oldestAt === null;
  if (!last) return !empty;
  // Clocks of phones jump: a report "in the future" counts as long ago.
  const since = now < last.at ? Number.POSITIVE_INFINITY : now - last.at;
  const changed = hasChanged(unsent, last);
  if (empty) return changed;
  return since >= (changed ? EARLIEST_MS : AGAIN_MS);
}

const hasChanged = (unsent: Unsent, last: Reported | null) =>
  unsent.waiting !== (last?.waiting ?? 0) ||
  unsent.failed !== (last?.failed ?? 0) ||
  unsent.oldestAt !== (last?.oldestAt ?? null);
