/** What members were written; the messages' own page and the member's page show it. */
import {
  type MessageRowFragment,
  MessagesDocument,
  type MessagesQuery,
  type MessagesQueryVariables,
  SetMemberMessagesDocument,
  type SetMemberMessagesMutationVariables,
} from "../gen/graphql";
import { api, operation } from "./api";

export type MessageRow = MessageRowFragment;
export type MessageFilter = Pick<MessagesQueryVariables, "memberId" | "state">;

const messagesApi = api.injectEndpoints({
  endpoints: (build) => ({
    messages: build.infiniteQuery<MessagesQuery["messages"], MessageFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(MessagesDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: ({ messages }: MessagesQuery) => messages,
      providesTags: ["Messages"],
    }),
    setMemberMessages: build.mutation<unknown, SetMemberMessagesMutationVariables>({
      query: (variables) => operation(SetMemberMessagesDocument, variables),
      // Who wants none any more is not sent what waits.
      invalidatesTags: (done, _error, { memberId }) =>
        done ? [{ type: "Member", id: memberId }, "Messages", "Audit"] : [],
    }),
  }),
});

export const { useMessagesInfiniteQuery, useSetMemberMessagesMutation } = messagesApi;
