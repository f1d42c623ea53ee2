/** Endpoints on groups that more than one feature needs. */
import {
  CreateGroupDocument,
  type CreateGroupInput,
  GroupDocument,
  type GroupQuery,
  GroupsDocument,
  type GroupsQuery,
  type GroupsQueryVariables,
  PlacesDocument,
  type PlacesQuery,
} from "../gen/graphql";
import { api, operation } from "./api";

export type GroupFilter = Pick<
  GroupsQueryVariables,
  "search" | "county" | "status" | "groupIds" | "sort"
>;
export type GroupPage = GroupsQuery["groups"];
export type GroupDetail = NonNullable<GroupQuery["group"]>;

const PAGE = 50;

export const groupsApi = api.injectEndpoints({
  endpoints: (build) => ({
    groups: build.infiniteQuery<GroupPage, GroupFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(GroupsDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: (answer: GroupsQuery) => answer.groups,
      providesTags: ["Groups"],
    }),
    group: build.query<GroupDetail | null, string>({
      query: (id) => operation(GroupDocument, { id }),
      transformResponse: (answer: GroupQuery) => answer.group,
      providesTags: (_result, _error, id) => [{ type: "Group", id }],
    }),
    places: build.query<PlacesQuery["places"], void>({
      query: () => operation(PlacesDocument, {}),
      transformResponse: (answer: PlacesQuery) => answer.places,
      keepUnusedDataFor: 3600,
    }),
    createGroup: build.mutation<string, CreateGroupInput>({
      query: (input) => operation(CreateGroupDocument, { input }),
      transformResponse: (answer: { createGroup: { id: string } }) => answer.createGroup.id,
      invalidatesTags: (id) => (id ? ["Groups"] : []),
    }),
  }),
});

export const { useGroupsInfiniteQuery, useGroupQuery, usePlacesQuery, useCreateGroupMutation } =
  groupsApi;

/** The rows of all pages; a row that moved to the next page while paging stands once. */
export function nodes<T extends { id: string }>(
  pages: readonly { edges: readonly { node: T }[] }[] | undefined,
): T[] {
  const seen = new Map<string, T>();
  for (const page of pages ?? []) for (const { node } of page.edges) seen.set(node.id, node);
  return [...seen.values()];
}
