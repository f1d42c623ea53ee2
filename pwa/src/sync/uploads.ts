/**
 * Sends pictures, one at a time and piece by piece, from where the server says it stopped. It
 * has a lock of its own among the tabs and the service worker, so that payments do not wait
 * behind megabytes. Whatever is cut off, lost or sent twice ends in one whole document: the
 * server's offset is the only truth, and it is asked again after every doubt.
 */
import { uuidv7 } from "@tablebanking/common/uuid";
import { withLock } from "../platform/locks";
import type { UploadRecord } from "../store/schema";
import { getMeta, setMeta, type UserStore } from "../store/user-store";
import { HttpFailure, Refused, TimedOut, Unreachable } from "./api";
import { unsettled } from "./batch";
import { backoffDelay, isPause } from "./engine";
import { notify, type Problem } from "./notify";
import { lastHeard } from "./server-clock";
import { SessionEnded, withToken } from "./session";
import {
  changeUpload,
  openFile,
  openInfo,
  purgeUploads,
  renameUpload,
  sealInfo,
  type UploadInfo,
} from "./upload-box";
import { begin, cancel, type Progress, sendPiece } from "./upload-client";

export const MAX_PIECE = 512 * 1024;
export const MIN_PIECE = 16 * 1024;
const FIRST_PIECE = 64 * 1024;
/** A piece that went this fast may be followed by one twice as large. */
const FAST_MS = 4_000;
const MAX_TRIES = 5;
/** Doubts in a row, without a byte gained. */
const MAX_DOUBTS = 6;

const queued = new Map<string, Promise<UploadReport>>();

export interface UploadReport {
  problem: Problem;
  /** How many the server has got whole in this run. */
  saved: number;
}

/** A run that has not started yet serves everybody who asks for one meanwhile. */
export function runUploads(store: UserStore, { byHand = false } = {}): Promise<UploadReport> {
  const key = `${store.userId}:${byHand}`;
  const waiting = queued.get(key);
  if (waiting) return waiting;
  const run = withLock(`tablebanking-uploads-${store.userId}`, () => {
    queued.delete(key);
    return once(store, byHand);
  });
  queued.set(key, run);
  return run;
}

async function once(store: UserStore, byHand: boolean): Promise<UploadReport> {
  const report: UploadReport = { problem: null, saved: 0 };
  await purgeUploads(store, lastHeard());
  const { failures, notBefore } = (await getMeta(store, "uploadBackoff")) ?? NO_FAILURES;
  const tried = new Set<string>();
  let next = await nextUpload(store, tried);
  if (!next) return report;
  if (!byHand && isPause(notBefore)) return { ...report, problem: "server" };
  if (await getMeta(store, "sessionEnded")) return { ...report, problem: "signIn" };
  for (; next; next = await nextUpload(store, tried)) {
    tried.add(next.id);
    const end = await sendOne(store, next);
    tell(store, null);
    if (end === "saved") report.saved += 1;
    else if (end !== "left") {
      report.problem = end;
      break;
    }
  }
  if (report.problem === "server") {
    const count = failures + 1;
    const pause = { failures: count, notBefore: Date.now() + backoffDelay(count) };
    await setMeta(store, "uploadBackoff", pause);
  } else if (report.problem === null && failures > 0) {
    await setMeta(store, "uploadBackoff", NO_FAILURES);
  }
  return report;
}

const NO_FAILURES = { failures: 0, notBefore: 0 };
const tell = ({ userId }: UserStore, active: string | null) =>
  notify({ kind: "uploads", userId, active });
const isWaiting = ({ status }: UploadRecord) => status === "waiting";

/** What was begun first, then the oldest. What rests on a registration waits for it. */
async function nextUpload(
  store: UserStore,
  tried: ReadonlySet<string>,
): Promise<UploadRecord | undefined> {
  const rows = (await store.db.getAll("uploads")).filter(
    (row) => (isWaiting(row) || row.status === "dropped") && !tried.has(row.id),
  );
  if (rows.length === 0) return undefined;
  const missing = await onTheWay(store);
  const order = (row: UploadRecord) => (row.status === "dropped" ? 0 : row.begun ? 1 : 2);
  return rows
    .filter((row) => row.status === "dropped" || !row.needs.some((what) => missing.has(what)))
    .sort((a, b) => order(a) - order(b) || a.takenAt - b.takenAt)[0];
}

/** What operations that are not in the books yet will make. */
async function onTheWay(store: UserStore): Promise<Set<string>> {
  return new Set((await unsettled(store)).flatMap(({ makes }) => makes));
}

export const hasUploads = async (store: UserStore): Promise<boolean> =>
  (await nextUpload(store, new Set())) !== undefined;

/** How one ended in this run. `left`: it waits, or the officer has it; the others go on. */
type End = "saved" | "left" | Exclude<Problem, null>;

async function sendOne(store: UserStore, upload: UploadRecord): Promise<End> {
  if (upload.status === "dropped") return drop(store, upload);
  const [info, bytes] = await Promise.all([openInfo(store, upload), openFile(store, upload.id)]);
  if (!bytes) return give(store, upload, "refused", "FILE_LOST", info);
  const journey = new Journey(store, upload, info, bytes);
  return journey.run();
}

async function drop(store: UserStore, { id }: UploadRecord): Promise<End> {
  try {
    await withToken(store, (token) => cancel(token, id));
  } catch (error) {
    // It is not there, or whole already: either way nothing is left to do.
    if (!(error instanceof Refused)) return problemOf(error);
  }
  await changeUpload(
    store,
    id,
    () => true,
    () => null,
    { forgetFile: true },
  );
  return "left";
}

/** Needs the officer, with the reason. */
async function give(
  store: UserStore,
  upload: UploadRecord,
  status: "refused" | "failed",
  code: string,
  info: UploadInfo,
  message: string | null = null,
): Promise<End> {
  const sealed = await sealInfo(store, upload.id, { ...info, message });
  const begun = false;
  await changeUpload(store, upload.id, isWaiting, (row) => {
    const settledAt = Date.now();
    return { ...row, status, code, begun, sent: 0, settledAt, info: sealed };
  });
  return "left";
}

class Journey {
  private piece = FIRST_PIECE;
  private doubts = 0;
  private tries: number;

  constructor(
    private readonly store: UserStore,
    private readonly upload: UploadRecord,
    private readonly info: UploadInfo,
    private readonly bytes: Uint8Array<ArrayBuffer>,
  ) {
    this.tries = upload.tries;
  }

  async run(): Promise<End> {
    let known: Progress | null = null;
    for (;;) {
      try {
        known = known === null ? await this.ask() : await this.send(known.offset);
        if (!(await this.note(known))) return "left";
        if (known.document) return "saved";
      } catch (error) {
        const end = await this.judge(error).catch(problemOf);
        if (end !== null) return end;
        known = null;
      }
    }
  }

  private async ask(): Promise<Progress> {
    // From here on the server may know of it, even if its answer is lost.
    await changeUpload(this.store, this.upload.id, isWaiting, (row) => ({ ...row, begun: true }));
    return withToken(this.store, (token) => begin(token, this.upload, this.info.sha256));
  }

  private async send(offset: number): Promise<Progress> {
    const piece = this.bytes.slice(offset, offset + this.piece);
    const started = Date.now();
    const progress = await withToken(this.store, (token) =>
      sendPiece(token, this.upload.id, offset, piece),
    );
    if (progress.offset > offset || progress.document) this.doubts = 0;
    else if (!this.doubt()) throw new HttpFailure(502);
    if (Date.now() - started < FAST_MS) this.piece = Math.min(MAX_PIECE, this.piece * 2);
    return progress;
  }

  /** On disk, and on the screen. False: the officer took it again or away meanwhile. */
  private async note({ offset, document }: Progress): Promise<boolean> {
    const still = await changeUpload(
      this.store,
      this.upload.id,
      isWaiting,
      (row) =>
        document
          ? {
              ...row,
              status: "saved",
              sent: row.size,
              tries: 0,
              code: null,
              documentId: document.id,
              // Compared with the documents of the office.
              settledAt: lastHeard() ?? Date.now(),
            }
          : { ...row, sent: offset },
      { forgetFile: document !== null },
    );
    tell(this.store, document ? null : this.upload.id);
    return still;
  }

  /** Null: ask again how far it is, and go on. */
  private async judge(error: unknown): Promise<End | null> {
    if (error instanceof TimedOut) return this.smaller("offline");
    if (error instanceof HttpFailure && error.status === 413) return this.smaller("server");
    if (error instanceof HttpFailure && error.status === 500) {
      return (await this.countTry("INTERNAL")) ?? "server";
    }
    if (!(error instanceof Refused)) return problemOf(error);
    const { code } = error;
    switch (code) {
      case "OFFSET_MISMATCH":
      case "NOT_FOUND":
        return this.doubt() ? null : "server";
      case "REQUEST_TIMEOUT":
        return this.smaller("offline");
      case "TOO_MANY_PIECES":
        await withToken(this.store, (token) => cancel(token, this.upload.id));
        return this.doubt() ? null : "server";
      case "CHECKSUM_MISMATCH":
        return this.countTry(code);
      case "INTERNAL":
        return (await this.countTry(code)) ?? "server";
      case "ID_REUSED": {
        const end = await this.countTry(code);
        if (end === null) await renameUpload(this.store, this.upload, uuidv7(), this.tries);
        return "left";
      }
      case "UNKNOWN_MEMBER":
      case "UNKNOWN_GROUP":
      case "UNKNOWN_MEETING":
        return this.unknown(error);
      case "TOO_MANY_UPLOADS":
      case "RATE_LIMITED":
      case "UNAVAILABLE":
        return "server";
      case "UNAUTHENTICATED":
        return "signIn";
      default:
        return give(this.store, this.upload, "refused", code, this.info, error.message);
    }
  }

  private doubt(): boolean {
    this.doubts += 1;
    return this.doubts <= MAX_DOUBTS;
  }

  /** What had come of the piece is kept; the next one is half as large. */
  private smaller(otherwise: Exclude<Problem, null>): End | null {
    if (!this.doubt() || this.piece <= MIN_PIECE) return otherwise;
    this.piece = Math.max(MIN_PIECE, Math.floor(this.piece / 2));
    return null;
  }

  /** The registration is on its way after all, or nobody here knows this member. */
  private async unknown({ code, message }: Refused): Promise<End> {
    const missing = await onTheWay(this.store);
    if (this.upload.needs.some((what) => missing.has(what))) return "left";
    return give(this.store, this.upload, "refused", code, this.info, message);
  }

  /** Five are enough: then it stays, to be seen and sent again by hand. */
  private async countTry(code: string): Promise<End | null> {
    this.tries += 1;
    if (this.tries >= MAX_TRIES) return give(this.store, this.upload, "failed", code, this.info);
    const { tries } = this;
    await changeUpload(this.store, this.upload.id, isWaiting, (row) => ({ ...row, tries }));
    return null;
  }
}

function problemOf(error: unknown): Exclude<Problem, null> {
  if (error instanceof SessionEnded) return "signIn";
  if (error instanceof Unreachable || error instanceof TimedOut) return "offline";
  if (error instanceof Refused && error.code === "UNAUTHENTICATED") return "signIn";
  if (error instanceof HttpFailure || error instanceof Refused) return "server";
  throw error;
}
