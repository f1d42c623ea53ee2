import { api, operation } from "../../api/api";
import { ifDone } from "../../api/journal";
import {
  DecideReviewDocument,
  type DecideReviewInput,
  ReviewItemDocument,
  type ReviewItemQuery,
  ReviewItemsDocument,
  type ReviewItemsQuery,
  type ReviewItemsQueryVariables,
  type ReviewRowFragment,
} from "../../gen/graphql";

export type ReviewFilter = Pick<ReviewItemsQueryVariables, "groupId" | "kind" | "status">;
export type ReviewRow = ReviewRowFragment;
export type ReviewDetail = NonNullable<ReviewItemQuery["reviewItem"]>;
type Page = ReviewItemsQuery["reviewItems"];

const reviewApi = api.injectEndpoints({
  endpoints: (build) => ({
    reviewItems: build.infiniteQuery<Page, ReviewFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(ReviewItemsDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: ReviewItemsQuery) => answer.reviewItems,
      providesTags: ["Reviews"],
    }),
    reviewItem: build.query<ReviewDetail | null, string>({
      query: (id) => operation(ReviewItemDocument, { id }),
      transformResponse: (answer: ReviewItemQuery) => answer.reviewItem,
      providesTags: ["Reviews"],
    }),
    decideReview: build.mutation<unknown, DecideReviewInput>({
      query: (input) => operation(DecideReviewDocument, { input }),
      invalidatesTags: ifDone,
    }),
  }),
});

export const { useReviewItemsInfiniteQuery, useReviewItemQuery, useDecideReviewMutation } =
  reviewApi;
