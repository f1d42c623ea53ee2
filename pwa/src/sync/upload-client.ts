/** /uploads as docs/documents.md has it: begin, go on, cancel. Errors are those of api.ts. */
import type { UploadRecord } from "../store/schema";
import { fetchWhole, HttpFailure, parse, Refused } from "./api";

export const UPLOADS = "/uploads";
const ASK_TIMEOUT_MS = 30_000;
/** The server waits two minutes for a piece; a piece this slow was too large. */
const PIECE_TIMEOUT_MS = 90_000;

export interface Progress {
  offset: number;
  size: number;
  /** There once all bytes are: not always under the upload's own id. */
  document: { id: string } | null;
}

interface Answer extends Progress {
  errors?: { message: string; extensions?: { code?: string; field?: string } }[];
}

/** Begins it, or says how far it is where it was begun before. */
export function begin(token: string, upload: UploadRecord, sha256: string): Promise<Progress> {
  const { id, kind, size, memberId, groupId, meetingId } = upload;
  const owner = memberId ? { memberId } : { groupId, ...(meetingId ? { meetingId } : {}) };
  return ask("", token, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id, kind, ...owner, size, sha256 }),
  });
}

export function sendPiece(
  token: string,
  id: string,
  offset: number,
  piece: Uint8Array<ArrayBuffer>,
): Promise<Progress> {
  const headers = {
    "content-type": "application/offset+octet-stream",
    "upload-offset": String(offset),
  };
  return ask(`/${id}`, token, { method: "PATCH", headers, body: piece }, PIECE_TIMEOUT_MS);
}

export async function cancel(token: string, id: string): Promise<void> {
  await ask(`/${id}`, token, { method: "DELETE" });
}

async function ask(
  path: string,
  token: string,
  init: RequestInit,
  timeoutMs = ASK_TIMEOUT_MS,
): Promise<Progress> {
  const headers = { ...init.headers, accept: "application/json", authorization: `Bearer ${token}` };
  const { status, body } = await fetchWhole(
    `${UPLOADS}${path}`,
    { ...init, headers },
    timeoutMs,
    (response) => response.text(),
  );
  const answer = parse<never>(body) as Answer | null;
  const problem = answer?.errors?.[0];
  if (problem) {
    const { code = "INTERNAL", field = null } = problem.extensions ?? {};
    throw new Refused(code, problem.message, field);
  }
  if (status >= 400) throw new HttpFailure(status);
  if (status !== 204 && typeof answer?.offset !== "number") throw new HttpFailure(502);
  return answer ?? { offset: 0, size: 0, document: null };
}
