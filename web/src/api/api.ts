/** The one RTK Query API of the office. Features add their endpoints with `injectEndpoints`. */
import { createApi } from "@reduxjs/toolkit/query/react";
import type { TypedDocumentString } from "../gen/graphql";
import { type GraphQLArgs, patientBaseQuery } from "./base-query";

/** Everything that moves on the server: loaded anew when access changed. */
export const LIVE_TAGS = [
  "Audit",
  "Dividends",
  "Documents",
  "Fines",
  "Group",
  "Groups",
  "Kpis",
  "Ledger",
  "Loan",
  "Loans",
  "Meetings",
  "Member",
  "Members",
  "Messages",
  "Movements",
  "Officers",
  "People",
  "Reconciliations",
  "Reviews",
  "Settings",
  "Texts",
  "Totals",
  "Trf",
  "Waiting",
  "Welfare",
] as const;

export const api = createApi({
  reducerPath: "api",
  baseQuery: patientBaseQuery,
  tagTypes: LIVE_TAGS,
  endpoints: () => ({}),
  keepUnusedDataFor: 60,
  refetchOnMountOrArgChange: 30,
});

/** Ties a document to its variables, so that a `query` function stays one line and typed. */
export function operation<R, V>(document: TypedDocumentString<R, V>, variables: V): GraphQLArgs {
  return { document, variables };
}
