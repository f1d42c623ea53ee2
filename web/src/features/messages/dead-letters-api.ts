import { api, operation } from "../../api/api";
import {
  type DeadLetterRowFragment,
  DeadLettersDocument,
  type DeadLettersQuery,
  type DeadLettersQueryVariables,
  DismissMessagesDocument,
  type DismissMessagesMutation,
  type DismissMessagesMutationVariables,
  ResendMessagesDocument,
  type ResendMessagesMutation,
} from "../../gen/graphql";

export type DeadLetter = DeadLetterRowFragment;
export type DeadFilter = Pick<DeadLettersQueryVariables, "topic">;

const ifDone = (done: unknown) =>
  done === undefined ? [] : (["Messages", "Waiting", "Audit"] as const);

const deadLettersApi = api.injectEndpoints({
  endpoints: (build) => ({
    deadLetters: build.infiniteQuery<DeadLettersQuery["deadLetters"], DeadFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(DeadLettersDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: ({ deadLetters }: DeadLettersQuery) => deadLetters,
      providesTags: ["Messages"],
    }),
    resendMessages: build.mutation<number, readonly string[]>({
      query: (ids) => operation(ResendMessagesDocument, { ids: [...ids] }),
      transformResponse: ({ resendMessages }: ResendMessagesMutation) => resendMessages,
      invalidatesTags: ifDone,
    }),
    dismissMessages: build.mutation<number, DismissMessagesMutationVariables>({
      query: (variables) => operation(DismissMessagesDocument, variables),
      transformResponse: ({ dismissMessages }: DismissMessagesMutation) => dismissMessages,
      invalidatesTags: ifDone,
    }),
  }),
});

export const {
  useDeadLettersInfiniteQuery,
  useResendMessagesMutation,
  useDismissMessagesMutation,
} = deadLettersApi;
