import { api, operation } from "../../api/api";
import { ifDone } from "../../api/journal";
import {
  type BankLineFragment,
  type BookMoveFragment,
  BookStatementLineDocument,
  type BookStatementLineInput,
  EnterStatementDocument,
  type EnterStatementMutationVariables,
  ImportStatementDocument,
  type ImportStatementInput,
  MatchStatementLineDocument,
  type MatchStatementLineMutationVariables,
  MatchStatementsDocument,
  type MoneyAccount,
  MonthBooksDocument,
  type MonthBooksQuery,
  MonthLinesDocument,
  type MonthLinesQuery,
  MonthOverviewDocument,
  type MonthOverviewQuery,
  type MonthOverviewQueryVariables,
  MonthPostingsDocument,
  type MonthPostingsQuery,
  type MonthRowFragment,
  ReopenReconciliationDocument,
  type ReopenReconciliationMutationVariables,
  SignReconciliationDocument,
  type SignReconciliationMutationVariables,
  UnmatchStatementLineDocument,
} from "../../gen/graphql";

export type MonthKey = { groupId: string; year: number; month: number };
export type MonthRow = MonthRowFragment;
export type Month = MonthBooksQuery["reconciliation"];
export type MonthAccount = Month["accounts"][number];
export type BankLine = BankLineFragment;
export type BookMove = BookMoveFragment;
export type OverviewFilter = Pick<
  MonthOverviewQueryVariables,
  "year" | "month" | "county" | "status"
>;
type Overview = MonthOverviewQuery["reconciliations"];
type Lines = MonthLinesQuery["reconciliation"]["statementLines"];
export type LinesFilter = MonthKey & { account: MoneyAccount; matched: boolean | null };

const paging = {
  initialPageParam: null as string | null,
  getNextPageParam: ({
    pageInfo,
  }: {
    pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
};
const monthTag = (done: unknown) => (done ? (["Reconciliations"] as const) : []);

const reconciliationApi = api.injectEndpoints({
  endpoints: (build) => ({
    monthOverview: build.infiniteQuery<Overview, OverviewFilter, string | null>({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MonthOverviewDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: MonthOverviewQuery) => answer.reconciliations,
      providesTags: ["Reconciliations"],
    }),
    monthBooks: build.query<Month, MonthKey>({
      query: (key) => operation(MonthBooksDocument, key),
      transformResponse: (answer: MonthBooksQuery) => answer.reconciliation,
      providesTags: ["Reconciliations"],
    }),
    monthLines: build.infiniteQuery<Lines, LinesFilter, string | null>({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MonthLinesDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: MonthLinesQuery) => answer.reconciliation.statementLines,
      providesTags: ["Reconciliations"],
    }),
    monthPostings: build.infiniteQuery<
      MonthPostingsQuery["reconciliation"]["unmatchedPostings"],
      MonthKey & { account: MoneyAccount },
      string | null
    >({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MonthPostingsDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: MonthPostingsQuery) => answer.reconciliation.unmatchedPostings,
      providesTags: ["Reconciliations"],
    }),
    enterStatement: build.mutation<unknown, EnterStatementMutationVariables>({
      query: (values) => operation(EnterStatementDocument, values),
      invalidatesTags: monthTag,
    }),
    importStatement: build.mutation<unknown, ImportStatementInput>({
      query: (input) => operation(ImportStatementDocument, { input }),
      invalidatesTags: monthTag,
    }),
    matchStatements: build.mutation<unknown, MonthKey>({
      query: (key) => operation(MatchStatementsDocument, key),
      invalidatesTags: monthTag,
    }),
    matchLine: build.mutation<unknown, MatchStatementLineMutationVariables>({
      query: (values) => operation(MatchStatementLineDocument, values),
      invalidatesTags: monthTag,
    }),
    unmatchLine: build.mutation<unknown, string>({
      query: (lineId) => operation(UnmatchStatementLineDocument, { lineId }),
      invalidatesTags: monthTag,
    }),
    bookLine: build.mutation<unknown, BookStatementLineInput>({
      query: (input) => operation(BookStatementLineDocument, { input }),
      invalidatesTags: ifDone,
    }),
    signMonth: build.mutation<unknown, SignReconciliationMutationVariables>({
      query: (values) => operation(SignReconciliationDocument, values),
      invalidatesTags: (done) => (done ? ["Reconciliations", "Group"] : []),
    }),
    reopenMonth: build.mutation<unknown, ReopenReconciliationMutationVariables>({
      query: (values) => operation(ReopenReconciliationDocument, values),
      invalidatesTags: (done) => (done ? ["Reconciliations", "Group"] : []),
    }),
  }),
});

export const {
  useMonthOverviewInfiniteQuery,
  useMonthBooksQuery,
  useMonthLinesInfiniteQuery,
  useMonthPostingsInfiniteQuery,
  useEnterStatementMutation,
  useImportStatementMutation,
  useMatchStatementsMutation,
  useMatchLineMutation,
  useUnmatchLineMutation,
  useBookLineMutation,
  useSignMonthMutation,
  useReopenMonthMutation,
} = reconciliationApi;
