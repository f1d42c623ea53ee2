import { api, operation } from "../../api/api";
import {
  DeactivateUserDocument,
  type DeactivateUserMutationVariables,
  HandOverGroupsDocument,
  type HandOverGroupsQuery,
  InviteUserDocument,
  type InviteUserInput,
  type InviteUserMutation,
  type NewCodeFragment,
  PeopleDocument,
  type PeopleQuery,
  type PeopleQueryVariables,
  PersonDocument,
  type PersonQuery,
  type PersonRowFragment,
  ReactivateUserDocument,
  ResetPasswordDocument,
  type ResetPasswordMutation,
  RevokeAllSessionsDocument,
  RevokeSessionDocument,
  SessionsDocument,
  type SessionsQuery,
  UpdateUserDocument,
  type UpdateUserMutationVariables,
} from "../../gen/graphql";

export type PeopleFilter = Pick<
  PeopleQueryVariables,
  "search" | "role" | "status" | "groupId" | "sort"
>;
export type PersonRow = PersonRowFragment;
export type PersonDetail = NonNullable<PersonQuery["user"]>;
export type HandOverGroup = NonNullable<HandOverGroupsQuery["user"]>["assignedGroups"][number];
export type SignIn = SessionsQuery["sessions"][number];
export type { NewCodeFragment as NewCode };

type Page = PeopleQuery["users"];

/** What a change to somebody moves: lists of people, who serves which group, the log. */
const ifDone = (done: unknown) =>
  done === undefined ? [] : (["People", "Officers", "Waiting", "Audit"] as const);

const peopleApi = api.injectEndpoints({
  endpoints: (build) => ({
    people: build.infiniteQuery<Page, PeopleFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(PeopleDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: PeopleQuery) => answer.users,
      providesTags: ["People"],
    }),
    person: build.query<PersonDetail | null, string>({
      query: (id) => operation(PersonDocument, { id }),
      transformResponse: (answer: PersonQuery) => answer.user,
      providesTags: ["People"],
    }),
    handOverGroups: build.query<HandOverGroup[], string>({
      query: (id) => operation(HandOverGroupsDocument, { id }),
      transformResponse: ({ user }: HandOverGroupsQuery) => user?.assignedGroups ?? [],
      // Who serves what must be what is so now.
      keepUnusedDataFor: 0,
    }),
    inviteUser: build.mutation<NewCodeFragment, InviteUserInput>({
      query: (input) => operation(InviteUserDocument, { input }),
      transformResponse: (answer: InviteUserMutation) => answer.inviteUser,
      invalidatesTags: ifDone,
    }),
    resetPassword: build.mutation<NewCodeFragment, string>({
      query: (userId) => operation(ResetPasswordDocument, { userId }),
      transformResponse: (answer: ResetPasswordMutation) => answer.resetPassword,
      invalidatesTags: ifDone,
    }),
    updateUser: build.mutation<unknown, UpdateUserMutationVariables>({
      query: (variables) => operation(UpdateUserDocument, variables),
      invalidatesTags: ifDone,
    }),
    deactivateUser: build.mutation<unknown, DeactivateUserMutationVariables>({
      query: (variables) => operation(DeactivateUserDocument, variables),
      invalidatesTags: ifDone,
    }),
    reactivateUser: build.mutation<unknown, string>({
      query: (id) => operation(ReactivateUserDocument, { id }),
      invalidatesTags: ifDone,
    }),
    sessions: build.query<SignIn[], string | null>({
      query: (userId) => operation(SessionsDocument, { userId }),
      transformResponse: (answer: SessionsQuery) => answer.sessions,
      providesTags: ["People"],
    }),
    revokeSession: build.mutation<unknown, string>({
      query: (id) => operation(RevokeSessionDocument, { id }),
      invalidatesTags: ifDone,
    }),
    revokeAllSessions: build.mutation<unknown, string>({
      query: (userId) => operation(RevokeAllSessionsDocument, { userId }),
      invalidatesTags: ifDone,
    }),
  }),
});

export const {
  usePeopleInfiniteQuery,
  usePersonQuery,
  useHandOverGroupsQuery,
  useInviteUserMutation,
  useResetPasswordMutation,
  useUpdateUserMutation,
  useDeactivateUserMutation,
  useReactivateUserMutation,
  useSessionsQuery,
  useRevokeSessionMutation,
  useRevokeAllSessionsMutation,
} = peopleApi;
