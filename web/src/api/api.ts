/** The one RTK Query API of the office. Features add their endpoints with `injectEndpoints`. */
import { createApi } from "@reduxjs/toolkit/query/react";
import type { TypedDocumentString } from "../gen/graphql";
import { type GraphQLArgs, graphqlBaseQuery } from "./base-query";

export const api = createApi({
  reducerPath: "api",
  baseQuery: graphqlBaseQuery,
  tagTypes: ["Groups", "Group", "Members", "Member", "Ledger", "Totals", "Trf", "Officers"],
  endpoints: () => ({}),
  keepUnusedDataFor: 60,
  refetchOnMountOrArgChange: 30,
});

/** Everything that moves on the server: loaded anew when access changed. */
export const LIVE_TAGS = [
  "Groups",
  "Group",
  "Members",
  "Member",
  "Ledger",
  "Totals",
  "Trf",
  "Officers",
] as const;

/** Ties a document to its variables, so that a `query` function stays one line and typed. */
export function operation<R, V>(document: TypedDocumentString<R, V>, variables: V): GraphQLArgs {
  return { document, variables };
}
