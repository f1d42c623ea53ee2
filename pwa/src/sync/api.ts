/** One GraphQL request over HTTP, and the ways in which it can fail. */
import type { TypedDocumentString } from "../gen/graphql";
import { hasNoNetwork } from "../platform/network";
import { hear } from "./server-clock";

/**
 * RequestError
 *   Unreachable     the request or its answer was lost on the way: it may have been applied
 *     NotSent       the phone had no network at all: it cannot have been applied
 *   TimedOut        no answer in time: the same
 *   HttpFailure     an answer that is not GraphQL's (413, 429, 502 …)
 *   Refused         errors[] of the server, with its stable code: nothing was applied
 */
export class RequestError extends Error {}
export class Unreachable extends RequestError {}
export class NotSent extends Unreachable {}
export class TimedOut extends RequestError {}

export class HttpFailure extends RequestError {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

export class Refused extends RequestError {
  constructor(
    readonly code: string,
    message: string,
    readonly field: string | null,
  ) {
    super(message);
  }
}

export interface RequestOptions {
  token?: string | undefined;
  timeoutMs?: number;
}

interface Answer<R> {
  data?: R | null;
  errors?: { message: string; extensions?: { code?: string; field?: string } }[];
}

export const ENDPOINT = "/graphql";
const TIMEOUT_MS = 30_000;

export async function request<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V,
  { token, timeoutMs = TIMEOUT_MS }: RequestOptions = {},
): Promise<R> {
  const { status, date, answer } = await exchange<R>(
    document.toString(),
    variables,
    token,
    timeoutMs,
  );
  const problem = answer?.errors?.[0];
  if (problem) {
    const { code = "INTERNAL", field = null } = problem.extensions ?? {};
    throw new Refused(code, problem.message, field);
  }
  if (status >= 400 || !answer?.data) throw new HttpFailure(status);
  hear(date);
  return answer.data;
}

async function exchange<R>(
  query: string,
  variables: unknown,
  token: string | undefined,
  timeoutMs: number,
): Promise<{ status: number; date: string | null; answer: Answer<R> | null }> {
  const { status, date, body } = await fetchWhole(
    ENDPOINT,
    {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    },
    timeoutMs,
    (response) => response.text(),
  );
  return { status, date, answer: parse<R>(body) };
}

/** The whole answer, or the way in which it failed to come. */
export async function fetchWhole<Body>(
  url: string,
  init: RequestInit,
  timeoutMs: number,
  read: (response: Response) => Promise<Body>,
): Promise<{ status: number; date: string | null; body: Body }> {
  const hadNoNetwork = hasNoNetwork();
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      ...init,
      cache: "no-store",
      credentials: "omit",
      signal: abort.signal,
    });
    const { status, headers } = response;
    return { status, date: headers.get("date"), body: await read(response) };
  } catch (cause) {
    if (abort.signal.aborted) throw new TimedOut("no answer in time", { cause });
    const NoAnswer = hadNoNetwork && hasNoNetwork() ? NotSent : Unreachable;
    throw new NoAnswer("no connection", { cause });
  } finally {
    clearTimeout(timer);
  }
}

export function parse<R>(text: string): Answer<R> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? (value as Answer<R>) : null;
  } catch {
    return null;
  }
}
