import { api, operation } from "../../api/api";
import { ifDone } from "../../api/journal";
import {
  ApproveWelfareDocument,
  type ApproveWelfareMutationVariables,
  ChargeFineDocument,
  type ChargeFineInput,
  type FineRowFragment,
  FundFinesDocument,
  type FundFinesQuery,
  type FundFinesQueryVariables,
  FundRequestDocument,
  type FundRequestQuery,
  FundRequestsDocument,
  type FundRequestsQuery,
  type FundRequestsQueryVariables,
  type MoneyMovementFragment,
  MoneyMovementsDocument,
  type MoneyMovementsQuery,
  type MoneyMovementsQueryVariables,
  PayWelfareDocument,
  type PayWelfareInput,
  RecordMovementDocument,
  type RecordMovementInput,
  RejectWelfareDocument,
  type RejectWelfareMutationVariables,
  RequestWelfareDocument,
  type RequestWelfareInput,
  WaiveFineDocument,
  type WaiveFineMutationVariables,
  type WelfareRowFragment,
  WelfareTermsDocument,
  type WelfareTermsQuery,
  WithdrawalFactsDocument,
  type WithdrawalFactsQuery,
  WithdrawSavingsDocument,
  type WithdrawSavingsInput,
} from "../../gen/graphql";

export type Movement = MoneyMovementFragment;
export type Welfare = WelfareRowFragment;
export type Fine = FineRowFragment;
export type MovementFilter = Pick<MoneyMovementsQueryVariables, "groupId" | "kind">;
export type WelfareFilter = Pick<FundRequestsQueryVariables, "groupId" | "status">;
export type FineFilter = Pick<FundFinesQueryVariables, "groupId" | "status">;

type Paged = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };
const paging = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ pageInfo }: Paged) =>
    pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
};

const fundsApi = api.injectEndpoints({
  endpoints: (build) => ({
    moneyMovements: build.infiniteQuery<
      MoneyMovementsQuery["movements"],
      MovementFilter,
      string | null
    >({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(MoneyMovementsDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: MoneyMovementsQuery) => answer.movements,
      providesTags: ["Movements"],
    }),
    fundRequests: build.infiniteQuery<
      FundRequestsQuery["welfareRequests"],
      WelfareFilter,
      string | null
    >({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(FundRequestsDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: FundRequestsQuery) => answer.welfareRequests,
      providesTags: ["Welfare"],
    }),
    fundRequest: build.query<Welfare | null, string>({
      query: (id) => operation(FundRequestDocument, { id }),
      transformResponse: (answer: FundRequestQuery) => answer.welfareRequest,
      providesTags: ["Welfare"],
    }),
    fundFines: build.infiniteQuery<FundFinesQuery["fineCharges"], FineFilter, string | null>({
      infiniteQueryOptions: paging,
      query: ({ queryArg, pageParam }) =>
        operation(FundFinesDocument, { ...queryArg, first: 50, after: pageParam }),
      transformResponse: (answer: FundFinesQuery) => answer.fineCharges,
      providesTags: ["Fines"],
    }),
    withdrawalFacts: build.query<WithdrawalFactsQuery, string>({
      query: (memberId) => operation(WithdrawalFactsDocument, { memberId }),
      providesTags: ["Member", "Movements", "Loans"],
    }),
    fundBalances: build.query<WelfareTermsQuery["group"], string>({
      query: (groupId) => operation(WelfareTermsDocument, { groupId }),
      transformResponse: (answer: WelfareTermsQuery) => answer.group,
      providesTags: ["Trf", "Settings"],
    }),
    withdrawSavings: build.mutation<unknown, WithdrawSavingsInput>({
      query: (input) => operation(WithdrawSavingsDocument, { input }),
      invalidatesTags: ifDone,
    }),
    recordMovement: build.mutation<unknown, RecordMovementInput>({
      query: (input) => operation(RecordMovementDocument, { input }),
      invalidatesTags: ifDone,
    }),
    requestWelfare: build.mutation<unknown, RequestWelfareInput>({
      query: (input) => operation(RequestWelfareDocument, { input }),
      invalidatesTags: (done) => (done ? ["Welfare"] : []),
    }),
    approveWelfare: build.mutation<unknown, ApproveWelfareMutationVariables>({
      query: (values) => operation(ApproveWelfareDocument, values),
      invalidatesTags: (done) => (done ? ["Welfare"] : []),
    }),
    rejectWelfare: build.mutation<unknown, RejectWelfareMutationVariables>({
      query: (values) => operation(RejectWelfareDocument, values),
      invalidatesTags: (done) => (done ? ["Welfare"] : []),
    }),
    payWelfare: build.mutation<unknown, PayWelfareInput>({
      query: (input) => operation(PayWelfareDocument, { input }),
      invalidatesTags: ifDone,
    }),
    chargeFine: build.mutation<unknown, ChargeFineInput>({
      query: (input) => operation(ChargeFineDocument, { input }),
      invalidatesTags: (done) => (done ? ["Fines", "Loan", "Member"] : []),
    }),
    waiveFine: build.mutation<unknown, WaiveFineMutationVariables>({
      query: (values) => operation(WaiveFineDocument, values),
      invalidatesTags: (done) => (done ? ["Fines", "Loan", "Member"] : []),
    }),
  }),
});

export const {
  useMoneyMovementsInfiniteQuery,
  useFundRequestsInfiniteQuery,
  useFundRequestQuery,
  useFundFinesInfiniteQuery,
  useWithdrawalFactsQuery,
  useFundBalancesQuery,
  useWithdrawSavingsMutation,
  useRecordMovementMutation,
  useRequestWelfareMutation,
  useApproveWelfareMutation,
  useRejectWelfareMutation,
  usePayWelfareMutation,
  useChargeFineMutation,
  useWaiveFineMutation,
} = fundsApi;
