/** The list of loans: the pipeline and a member's page both show it. */
import { LoansDocument, type LoansQuery, type LoansQueryVariables } from "../gen/graphql";
import { api, operation } from "./api";

export type LoanFilter = Pick<
  LoansQueryVariables,
  "stage" | "groupId" | "memberId" | "county" | "sort"
>;
export type LoanPage = LoansQuery["loans"];

const PAGE = 50;

const loansApi = api.injectEndpoints({
  endpoints: (build) => ({
    loans: build.infiniteQuery<LoanPage, LoanFilter, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
      },
      query: ({ queryArg, pageParam }) =>
        operation(LoansDocument, { ...queryArg, first: PAGE, after: pageParam }),
      transformResponse: (answer: LoansQuery) => answer.loans,
      providesTags: ["Loans"],
    }),
  }),
});

export const { useLoansInfiniteQuery } = loansApi;
