/** Endpoints on members and what they pay in; the group's page and the search both use them. */
import {
  MemberDocument,
  type MemberQuery,
  MembersDocument,
  type MembersQuery,
  type MembersQueryVariables,
  RecordContributionDocument,
  type RecordContributionInput,
  type RecordContributionMutation,
  RegisterMemberDocument,
  type RegisterMemberInput,
  type RegisterMemberMutation,
  UpdateMemberDocument,
  type UpdateMemberInput,
  type UpdateMemberMutation,
} from "../gen/graphql";
import { api, operation } from "./api";

export type MemberFilter = Pick<MembersQueryVariables, "groupId" | "search">;
export type MemberPage = MembersQuery["members"];
export type MemberDetail = NonNullable<MemberQuery["member"]>;

const PAGE = 50;

export const membersApi = api.injectEndpoints({
  endpoints: (build) => ({
    members: build.infiniteQuery<MemberPage, MemberFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(MembersDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: (answer: MembersQuery) => answer.members,
      providesTags: ["Members"],
    }),
    member: build.query<MemberDetail | null, string>({
      query: (id) => operation(MemberDocument, { id }),
      transformResponse: (answer: MemberQuery) => answer.member,
      providesTags: (_result, _error, id) => [{ type: "Member", id }],
    }),
    registerMember: build.mutation<RegisterMemberMutation["registerMember"], RegisterMemberInput>({
      query: (input) => operation(RegisterMemberDocument, { input }),
      transformResponse: (answer: RegisterMemberMutation) => answer.registerMember,
      invalidatesTags: (done, _error, { groupId }) =>
        done ? ["Members", "Groups", { type: "Group", id: groupId }] : [],
    }),
    updateMember: build.mutation<UpdateMemberMutation["updateMember"], UpdateMemberInput>({
      query: (input) => operation(UpdateMemberDocument, { input }),
      transformResponse: (answer: UpdateMemberMutation) => answer.updateMember,
      invalidatesTags: (done, _error, { id }) =>
        done ? [{ type: "Member", id }, "Members", "Audit", "Reviews"] : [],
    }),
    recordContribution: build.mutation<
      RecordContributionMutation["recordContribution"],
      RecordContributionInput
    >({
      query: (input) => operation(RecordContributionDocument, { input }),
      transformResponse: (answer: RecordContributionMutation) => answer.recordContribution,
      // The ledger and the TRF hear of it by subscription; without one they are loaded here.
      invalidatesTags: (done, _error, { memberId }) =>
        done
          ? [{ type: "Member", id: memberId }, "Ledger", "Totals", "Trf", "Group", "Groups"]
          : [],
    }),
  }),
});

export const {
  useMembersInfiniteQuery,
  useMemberQuery,
  useRegisterMemberMutation,
  useUpdateMemberMutation,
  useRecordContributionMutation,
} = membersApi;
