/** A member's page: statement, passbook, fines, and history. */
import { api, operation } from "../../api/api";
import {
  MemberFinesDocument,
  type MemberFinesQuery,
  MemberHistoryDocument,
  type MemberHistoryQuery,
  MemberListDocument,
  type MemberListQuery,
  type MemberListQueryVariables,
  MemberPassbookDocument,
  type MemberPassbookQuery,
  type MemberPassbookQueryVariables,
  MemberStatementDocument,
  type MemberStatementQuery,
  type MemberStatementQueryVariables,
} from "../../gen/graphql";

export type MemberListRow = MemberListQuery["members"]["edges"][number]["node"];
export type Statement = MemberStatementQuery["memberStatement"];
export type Passbook = MemberPassbookQuery["passbook"];
export type Fine = MemberFinesQuery["fineCharges"]["edges"][number]["node"];
type List = MemberListQuery["members"];
type History = MemberHistoryQuery["auditLog"];
export type ListFilter = Pick<MemberListQueryVariables, "groupId" | "search" | "sort">;
export type Period = Pick<MemberStatementQueryVariables, "memberId" | "from" | "to">;

const PAGE = 50;
type Paged = { pageInfo: { hasNextPage: boolean; endCursor: string | null } };
const paging = {
  initialPageParam: null,
  getNextPageParam: ({ pageInfo }: Paged) =>
    pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
};

const membersPages = api.injectEndpoints({
  endpoints: (build) => ({
    memberList: build.infiniteQuery<List, ListFilter, string | null>({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MemberListDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: (answer: MemberListQuery) => answer.members,
      providesTags: ["Members"],
    }),
    memberStatement: build.infiniteQuery<Statement, Period, string | null>({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MemberStatementDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: (answer: MemberStatementQuery) => answer.memberStatement,
      providesTags: (_result, _error, { memberId }) => [{ type: "Member", id: memberId }],
    }),
    passbook: build.query<Passbook, MemberPassbookQueryVariables>({
      query: (asked) => operation(MemberPassbookDocument, asked),
      transformResponse: (answer: MemberPassbookQuery) => answer.passbook,
      providesTags: (_result, _error, { memberId }) => [{ type: "Member", id: memberId }],
    }),
    memberFines: build.query<Fine[], string>({
      query: (memberId) => operation(MemberFinesDocument, { memberId }),
      transformResponse: (answer: MemberFinesQuery) =>
        answer.fineCharges.edges.map(({ node }) => node),
      providesTags: ["Fines"],
    }),
    memberHistory: build.infiniteQuery<History, string, string | null>({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MemberHistoryDocument, { entityId: queryArg, first: PAGE, after: pageParam }),
      transformResponse: (answer: MemberHistoryQuery) => answer.auditLog,
      providesTags: (_result, _error, id) => ["Audit", { type: "Member", id }],
    }),
  }),
});

export const {
  useMemberListInfiniteQuery,
  useMemberStatementInfiniteQuery,
  usePassbookQuery,
  useMemberFinesQuery,
  useMemberHistoryInfiniteQuery,
} = membersPages;
