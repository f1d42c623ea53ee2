import { api, operation } from "../../api/api";
import {
  type AuditLineFragment,
  AuditLogDocument,
  type AuditLogQuery,
  type AuditLogQueryVariables,
} from "../../gen/graphql";

export type AuditFilter = Omit<AuditLogQueryVariables, "first" | "after">;
export type AuditLine = AuditLineFragment;
type Page = AuditLogQuery["auditLog"];

const auditApi = api.injectEndpoints({
  endpoints: (build) => ({
    auditLog: build.infiniteQuery<Page, AuditFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(AuditLogDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: AuditLogQuery) => answer.auditLog,
      providesTags: ["Audit"],
    }),
  }),
});

export const { useAuditLogInfiniteQuery } = auditApi;
