/** One GraphQL request over fetch: no cache and no token renewal, those stand above it. */
import type { TypedDocumentString } from "../gen/graphql";

export type GraphQLFailure = {
  code: string;
  message: string;
  /** The input field the message belongs to, as `extensions.field` names it. */
  field?: string;
};

/** Why a request gave no data. `offline`: no answer came; `refused`: the server said no. */
export type RequestError = {
  kind: "offline" | "refused" | "broken";
  code: string;
  message: string;
  failures: GraphQLFailure[];
  /** Of a CONFLICT: the server's copy of the fields that clash. */
  current?: Record<string, unknown>;
};

export type Result<T> = { data: T } | { error: RequestError };

type GraphQLErrorBody = {
  message: string;
  extensions?: {
    code?: string;
    field?: string;
    failures?: GraphQLFailure[];
    current?: Record<string, unknown>;
  };
};

export const ENDPOINT = "/graphql";
const TIMEOUT_MS = 30_000;

export async function requestGraphQL<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V,
  accessToken: string | null,
  signal?: AbortSignal,
): Promise<Result<R>> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: "application/graphql-response+json, application/json;q=0.9",
  };
  if (accessToken) headers.authorization = `Bearer ${accessToken}`;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(ENDPOINT, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return readBody<R>(response.status, await response.text());
  } catch (cause) {
    return { error: failed("offline", "OFFLINE", String(cause)) };
  }
}

function readBody<R>(status: number, text: string): Result<R> {
  let body: { data?: R | null; errors?: GraphQLErrorBody[] };
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's page instead of an answer: the server itself was not reached.
    return { error: failed(status >= 500 ? "offline" : "broken", `HTTP_${status}`, "") };
  }
  if (body.errors?.length) return { error: readErrors(body.errors) };
  if (!body.data) return { error: failed("broken", `HTTP_${status}`, "") };
  return { data: body.data };
}

function readErrors(errors: GraphQLErrorBody[]): RequestError {
  const failures = errors.flatMap(({ message, extensions }) => {
    const own = { code: extensions?.code ?? "INTERNAL", message, field: extensions?.field };
    return extensions?.failures?.length ? extensions.failures : [own];
  });
  const first = errors[0];
  const code = first?.extensions?.code ?? "INTERNAL";
  const kind = code === "INTERNAL" ? "broken" : "refused";
  const current = first?.extensions?.current;
  return { kind, code, message: first?.message ?? "", failures, ...(current && { current }) };
}

function failed(kind: RequestError["kind"], code: string, message: string): RequestError {
  return { kind, code, message, failures: [] };
}
