import type { FetcherParams } from "@graphiql/toolkit";
import { Kind, parse } from "graphql";

/**
 * The request without an operationName that its document does not hold. GraphiQL reads the names a
 * moment after the last change, so a run right after choosing another tab still bears the name of
 * the tab before, and the server would refuse it.
 */
export function named(params: FetcherParams): FetcherParams {
  const { operationName, ...rest } = params;
  return operationName && holds(params.query, operationName) ? params : rest;
}

function holds(query: string, name: string): boolean {
  try {
    return parse(query, { noLocation: true }).definitions.some(
      (one) => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name,
    );
  } catch {
    return true; // What does not parse is the server's to explain.
  }
}
