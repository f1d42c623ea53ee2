/** Everything of a loan: the pipeline's totals, the application's page, and what is done with it. */
import { api, operation } from "../../api/api";
import {
  ApplyForLoanDocument,
  type ApplyForLoanInput,
  ApproveLoanDocument,
  type ApproveLoanMutationVariables,
  DisburseLoanDocument,
  type DisburseLoanMutationVariables,
  LoanDocument,
  LoanEligibilityDocument,
  type LoanEligibilityQuery,
  LoanFinesDocument,
  type LoanFinesQuery,
  LoanPipelineDocument,
  type LoanPipelineQuery,
  type LoanPipelineQueryVariables,
  type LoanQuery,
  LoanQuoteDocument,
  type LoanQuoteQuery,
  type LoanQuoteQueryVariables,
  LoanRatesDocument,
  type LoanRatesQuery,
  RecordRepaymentDocument,
  type RecordRepaymentInput,
  type RecordRepaymentMutation,
  RejectLoanDocument,
  type RejectLoanMutationVariables,
  ReverseEntryDocument,
  type ReverseEntryInput,
  RisksDocument,
  type RisksQuery,
  type RisksQueryVariables,
  WriteOffLoanDocument,
  type WriteOffLoanMutationVariables,
} from "../../gen/graphql";

export type Loan = NonNullable<LoanQuery["loan"]>;
export type LoanFines = LoanFinesQuery["fineCharges"]["edges"][number]["node"];
export type Quote = LoanQuoteQuery["loanQuote"];
export type Pipeline = LoanPipelineQuery["loanPipeline"];
export type GroupTerms = NonNullable<LoanRatesQuery["group"]>["settings"];

/** What another word on a loan changes: the lists, what waits, and who sees the loan. */
const DECIDED = ["Loan", "Loans", "Waiting", "Kpis"] as const;
/** Money moved besides: the books of the group and of the member. */
const MOVED = [
  ...DECIDED,
  "Ledger",
  "Totals",
  "Trf",
  "Group",
  "Groups",
  "Member",
  "Fines",
] as const;
const decided = (done: unknown) => (done ? DECIDED : []);
const moved = (done: unknown) => (done ? MOVED : []);

const loansApi = api.injectEndpoints({
  endpoints: (build) => ({
    loanPipeline: build.query<Pipeline, LoanPipelineQueryVariables>({
      query: (asked) => operation(LoanPipelineDocument, asked),
      transformResponse: (answer: LoanPipelineQuery) => answer.loanPipeline,
      providesTags: ["Loans"],
    }),
    risks: build.query<RisksQuery, RisksQueryVariables>({
      query: (asked) => operation(RisksDocument, asked),
      providesTags: ["Loans"],
    }),
    loan: build.query<Loan | null, string>({
      query: (id) => operation(LoanDocument, { id }),
      transformResponse: (answer: LoanQuery) => answer.loan,
      providesTags: ["Loan"],
    }),
    loanFines: build.query<LoanFines[], { memberId: string; loanId: string }>({
      query: ({ memberId }) => operation(LoanFinesDocument, { memberId }),
      transformResponse: (answer: LoanFinesQuery, _meta, { loanId }) =>
        answer.fineCharges.edges.map(({ node }) => node).filter((fine) => fine.loanId === loanId),
      providesTags: ["Fines"],
    }),
    loanRates: build.query<GroupTerms | null, string>({
      query: (id) => operation(LoanRatesDocument, { id }),
      transformResponse: (answer: LoanRatesQuery) => answer.group?.settings ?? null,
      providesTags: ["Settings"],
    }),
    loanQuote: build.query<Quote, LoanQuoteQueryVariables>({
      query: (asked) => operation(LoanQuoteDocument, asked),
      transformResponse: (answer: LoanQuoteQuery) => answer.loanQuote,
    }),
    loanEligibility: build.query<LoanEligibilityQuery["loanEligibility"], ApplyForLoanInput>({
      query: (input) => operation(LoanEligibilityDocument, { input }),
      transformResponse: (answer: LoanEligibilityQuery) => answer.loanEligibility,
      providesTags: ["Loan", "Member"],
    }),
    applyForLoan: build.mutation<string, ApplyForLoanInput>({
      query: (input) => operation(ApplyForLoanDocument, { input }),
      transformResponse: (answer: { applyForLoan: { id: string } }) => answer.applyForLoan.id,
      invalidatesTags: decided,
    }),
    approveLoan: build.mutation<unknown, ApproveLoanMutationVariables>({
      query: (values) => operation(ApproveLoanDocument, values),
      invalidatesTags: decided,
    }),
    rejectLoan: build.mutation<unknown, RejectLoanMutationVariables>({
      query: (values) => operation(RejectLoanDocument, values),
      invalidatesTags: decided,
    }),
    disburseLoan: build.mutation<unknown, DisburseLoanMutationVariables>({
      query: (values) => operation(DisburseLoanDocument, values),
      invalidatesTags: moved,
    }),
    recordRepayment: build.mutation<
      RecordRepaymentMutation["recordRepayment"],
      RecordRepaymentInput
    >({
      query: (input) => operation(RecordRepaymentDocument, { input }),
      transformResponse: (answer: RecordRepaymentMutation) => answer.recordRepayment,
      invalidatesTags: moved,
    }),
    writeOffLoan: build.mutation<unknown, WriteOffLoanMutationVariables>({
      query: (values) => operation(WriteOffLoanDocument, values),
      invalidatesTags: moved,
    }),
    reverseLoanEntry: build.mutation<unknown, ReverseEntryInput>({
      query: (input) => operation(ReverseEntryDocument, { input }),
      invalidatesTags: moved,
    }),
  }),
});

export const {
  useLoanPipelineQuery,
  useRisksQuery,
  useLoanQuery,
  useLoanFinesQuery,
  useLoanRatesQuery,
  useLoanQuoteQuery,
  useLoanEligibilityQuery,
  useApplyForLoanMutation,
  useApproveLoanMutation,
  useRejectLoanMutation,
  useDisburseLoanMutation,
  useRecordRepaymentMutation,
  useWriteOffLoanMutation,
  useReverseLoanEntryMutation,
} = loansApi;
