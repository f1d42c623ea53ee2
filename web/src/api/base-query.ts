/** RTK Query's way to the server: GraphQL over fetch, with one renewal of the token and one retry. */
import { type BaseQueryFn, retry } from "@reduxjs/toolkit/query";
import type { TypedDocumentString } from "../gen/graphql";
import { type RequestError, type Result, requestGraphQL } from "../lib/graphql-request";
import { accessToken, RenewalFailed, renewToken } from "../lib/session";

// biome-ignore lint/suspicious/noExplicitAny: each endpoint knows its own types; here any document passes
export type AnyDocument = TypedDocumentString<any, any>;
export type GraphQLArgs = { document: AnyDocument; variables?: unknown };

export const graphqlBaseQuery: BaseQueryFn<GraphQLArgs, unknown, RequestError> = async (
  { document, variables = {} },
  { signal },
) => {
  try {
    return await requestSignedIn(document, variables, signal);
  } catch (cause) {
    if (cause instanceof RenewalFailed) return { error: cause.reason };
    throw cause;
  }
};

const MORE_TRIES = 4;

/**
 * Reads that got no answer are asked again, about eight seconds long: while servers restart one
 * answers and the next is still away, and half of a page would stay as it was until somebody
 * touched "Try again". Writes are never repeated here, and without signal nothing is.
 */
export const patientBaseQuery = retry(graphqlBaseQuery, {
  retryCondition: (error, _args, { attempt, baseQueryApi }) =>
    baseQueryApi.type === "query" &&
    (error as RequestError).kind === "offline" &&
    navigator.onLine &&
    attempt <= MORE_TRIES,
});

async function requestSignedIn(
  document: AnyDocument,
  variables: unknown,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const token = await accessToken();
  if (!token) return SIGNED_OUT;
  const first = await requestGraphQL(document, variables, token, signal);
  if ("data" in first || first.error.code !== "UNAUTHENTICATED") return first;
  // The server knows better than our clock: the token was revoked or ended early.
  const fresh = await renewToken(token);
  if (!fresh) return SIGNED_OUT;
  return requestGraphQL(document, variables, fresh, signal);
}

const SIGNED_OUT: { error: RequestError } = {
  error: { kind: "refused", code: "UNAUTHENTICATED", message: "", failures: [] },
};
