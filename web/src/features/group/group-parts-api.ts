/** What the tabs of a group's page ask for and change. */
import { api, operation } from "../../api/api";
import {
  AssignGroupOfficerDocument,
  type AssignGroupOfficerMutationVariables,
  AssignGroupOfficialDocument,
  type AssignGroupOfficialMutationVariables,
  GroupDividendsDocument,
  type GroupDividendsQuery,
  type GroupDividendsQueryVariables,
  GroupDocumentsDocument,
  type GroupDocumentsQuery,
  type GroupDocumentsQueryVariables,
  GroupFactsDocument,
  type GroupFactsFragment,
  type GroupFactsQuery,
  GroupPeopleDocument,
  type GroupPeopleQuery,
  GroupTermsDocument,
  type GroupTermsQuery,
  KnownOfficersDocument,
  type KnownOfficersQuery,
  RemoveGroupOfficerDocument,
  type RemoveGroupOfficerMutationVariables,
  RemoveGroupOfficialDocument,
  type RemoveGroupOfficialMutationVariables,
  SettingsHistoryDocument,
  type SettingsHistoryQuery,
  UpdateGroupDocument,
  type UpdateGroupMutation,
  type UpdateGroupMutationVariables,
  UpdateGroupSettingsDocument,
  type UpdateGroupSettingsMutationVariables,
} from "../../gen/graphql";

const PAGE = 50;

export type GroupPeople = NonNullable<GroupPeopleQuery["group"]>;
export type GroupTerms = NonNullable<GroupTermsQuery["group"]>;
export type DividendRun = NonNullable<GroupDividendsQuery["dividendRun"]>;
export type DocumentRow = GroupDocumentsQuery["documents"]["edges"][number]["node"];
export type SettingsChange = SettingsHistoryQuery["settingsHistory"]["edges"][number]["node"];
export type KnownOfficers = { officers: { id: string; name: string }[]; total: number };

type Paged = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };
const byCursor = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ pageInfo }: Paged) =>
    pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
};

const partsApi = api.injectEndpoints({
  endpoints: (build) => ({
    groupFacts: build.query<GroupFactsFragment | null, string>({
      query: (id) => operation(GroupFactsDocument, { id }),
      transformResponse: ({ group }: GroupFactsQuery) => group,
      // What is edited must be what is there now.
      keepUnusedDataFor: 0,
    }),
    updateGroup: build.mutation<GroupFactsFragment, UpdateGroupMutationVariables>({
      query: (variables) => operation(UpdateGroupDocument, variables),
      transformResponse: ({ updateGroup }: UpdateGroupMutation) => updateGroup,
      invalidatesTags: (done, _error, { groupId }) =>
        done ? ["Groups", "Audit", { type: "Group", id: groupId }] : [],
    }),
    groupPeople: build.query<GroupPeople | null, string>({
      query: (id) => operation(GroupPeopleDocument, { id }),
      transformResponse: ({ group }: GroupPeopleQuery) => group,
      providesTags: ["People"],
    }),
    /** Those who work here; more than a hundred are narrowed by a part of the name. */
    knownOfficers: build.query<KnownOfficers, string>({
      query: (search) => operation(KnownOfficersDocument, { search: search || null }),
      transformResponse: ({ users }: KnownOfficersQuery) => ({
        officers: users.edges.map(({ node }) => node),
        total: users.totalCount,
      }),
      providesTags: ["People"],
    }),
    assignGroupOfficer: build.mutation<unknown, AssignGroupOfficerMutationVariables>({
      query: (variables) => operation(AssignGroupOfficerDocument, variables),
      invalidatesTags: (done) => (done ? ["People", "Officers", "Audit"] : []),
    }),
    removeGroupOfficer: build.mutation<unknown, RemoveGroupOfficerMutationVariables>({
      query: (variables) => operation(RemoveGroupOfficerDocument, variables),
      invalidatesTags: (done) => (done ? ["People", "Officers", "Audit"] : []),
    }),
    assignGroupOfficial: build.mutation<unknown, AssignGroupOfficialMutationVariables>({
      query: (variables) => operation(AssignGroupOfficialDocument, variables),
      invalidatesTags: (done) => (done ? ["People", "Audit"] : []),
    }),
    removeGroupOfficial: build.mutation<unknown, RemoveGroupOfficialMutationVariables>({
      query: (variables) => operation(RemoveGroupOfficialDocument, variables),
      invalidatesTags: (done) => (done ? ["People", "Audit"] : []),
    }),
    groupTerms: build.query<GroupTerms | null, string>({
      query: (id) => operation(GroupTermsDocument, { id }),
      transformResponse: ({ group }: GroupTermsQuery) => group,
      providesTags: ["Settings"],
    }),
    updateGroupSettings: build.mutation<unknown, UpdateGroupSettingsMutationVariables>({
      query: (variables) => operation(UpdateGroupSettingsDocument, variables),
      invalidatesTags: (done) => (done ? ["Settings", "Audit"] : []),
    }),
    settingsHistory: build.infiniteQuery<
      SettingsHistoryQuery["settingsHistory"],
      string,
      string | null
    >({
      infiniteQueryOptions: byCursor,
      query: ({ queryArg, pageParam }) =>
        operation(SettingsHistoryDocument, { groupId: queryArg, first: 20, after: pageParam }),
      transformResponse: ({ settingsHistory }: SettingsHistoryQuery) => settingsHistory,
      providesTags: ["Settings"],
    }),
    groupDividends: build.query<DividendRun | null, GroupDividendsQueryVariables>({
      query: (variables) => operation(GroupDividendsDocument, variables),
      transformResponse: ({ dividendRun }: GroupDividendsQuery) => dividendRun,
      providesTags: ["Dividends"],
    }),
    groupDocuments: build.infiniteQuery<
      GroupDocumentsQuery["documents"],
      Pick<GroupDocumentsQueryVariables, "groupId" | "kind">,
      string | null
    >({
      infiniteQueryOptions: byCursor,
      query: ({ queryArg, pageParam }) =>
        operation(GroupDocumentsDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: ({ documents }: GroupDocumentsQuery) => documents,
      providesTags: ["Documents"],
    }),
  }),
});

export const {
  useGroupFactsQuery,
  useLazyGroupTermsQuery,
  useUpdateGroupMutation,
  useGroupPeopleQuery,
  useKnownOfficersQuery,
  useAssignGroupOfficerMutation,
  useRemoveGroupOfficerMutation,
  useAssignGroupOfficialMutation,
  useRemoveGroupOfficialMutation,
  useGroupTermsQuery,
  useUpdateGroupSettingsMutation,
  useSettingsHistoryInfiniteQuery,
  useGroupDividendsQuery,
  useGroupDocumentsInfiniteQuery,
} = partsApi;
