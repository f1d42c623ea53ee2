import { api, operation } from "../../api/api";
import { ifDone } from "../../api/journal";
import {
  ApproveDividendsDocument,
  ApproveDividendsForDocument,
  CalculateDividendsDocument,
  CalculateDividendsForDocument,
  type DividendJobAction,
  DividendJobsDocument,
  type DividendJobsQuery,
  type DividendsForInput,
  PayDividendsDocument,
  type PayDividendsInput,
  PostDividendsDocument,
  PostDividendsForDocument,
  RetryDividendJobDocument,
  ReverseDividendsDocument,
  type ShareFragment,
  YearOfDividendsDocument,
  type YearOfDividendsQuery,
} from "../../gen/graphql";

export type Run = NonNullable<YearOfDividendsQuery["dividendRun"]>;
export type Share = ShareFragment;
export type Job = DividendJobsQuery["dividendJobs"]["edges"][number]["node"];
export type YearKey = { groupId: string; fiscalYear: number };

const FOR = {
  CALCULATE: CalculateDividendsForDocument,
  APPROVE: ApproveDividendsForDocument,
  POST: PostDividendsForDocument,
} as const;
const divTag = (done: unknown) => (done ? (["Dividends"] as const) : []);

const dividendsApi = api.injectEndpoints({
  endpoints: (build) => ({
    yearOfDividends: build.query<Run | null, YearKey>({
      query: (key) => operation(YearOfDividendsDocument, key),
      transformResponse: (answer: YearOfDividendsQuery) => answer.dividendRun,
      providesTags: ["Dividends"],
    }),
    calculateDividends: build.mutation<unknown, YearKey>({
      query: (key) => operation(CalculateDividendsDocument, key),
      invalidatesTags: divTag,
    }),
    approveDividends: build.mutation<unknown, string>({
      query: (id) => operation(ApproveDividendsDocument, { id }),
      invalidatesTags: divTag,
    }),
    postDividends: build.mutation<unknown, string>({
      query: (id) => operation(PostDividendsDocument, { id }),
      invalidatesTags: ifDone,
    }),
    payDividends: build.mutation<unknown, PayDividendsInput>({
      query: (input) => operation(PayDividendsDocument, { input }),
      invalidatesTags: ifDone,
    }),
    reverseDividends: build.mutation<unknown, { id: string; reason: string }>({
      query: (values) => operation(ReverseDividendsDocument, values),
      invalidatesTags: ifDone,
    }),
    dividendJobs: build.query<Job[], void>({
      query: () => operation(DividendJobsDocument, { first: 20 }),
      transformResponse: (answer: DividendJobsQuery) =>
        answer.dividendJobs.edges.map(({ node }) => node),
      providesTags: ["Dividends"],
    }),
    dividendsFor: build.mutation<unknown, { action: DividendJobAction; input: DividendsForInput }>({
      query: ({ action, input }) => ({ document: FOR[action], variables: { input } }),
      invalidatesTags: ifDone,
    }),
    retryJob: build.mutation<unknown, string>({
      query: (id) => operation(RetryDividendJobDocument, { id }),
      invalidatesTags: ifDone,
    }),
  }),
});

export const {
  useYearOfDividendsQuery,
  useCalculateDividendsMutation,
  useApproveDividendsMutation,
  usePostDividendsMutation,
  usePayDividendsMutation,
  useReverseDividendsMutation,
  useDividendJobsQuery,
  useDividendsForMutation,
  useRetryJobMutation,
} = dividendsApi;
