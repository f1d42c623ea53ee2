/** Entries of the books and the loans that run, as the pages about money need both. */
import {
  BookEntryDocument,
  type BookEntryQuery,
  type EntryFragment,
  ReverseBookEntryDocument,
  type ReverseBookEntryMutation,
  type ReverseEntryInput,
  RunningLoansDocument,
  type RunningLoansQuery,
} from "../gen/graphql";
import { api, operation } from "./api";

export type BookEntry = EntryFragment;
export type RunningLoan = RunningLoansQuery["loans"]["edges"][number]["node"];

/** What any posting may have changed. */
export const MONEY_TAGS = [
  "Dividends",
  "Fines",
  "Group",
  "Groups",
  "Kpis",
  "Ledger",
  "Loan",
  "Loans",
  "Member",
  "Movements",
  "Reconciliations",
  "Reviews",
  "Totals",
  "Trf",
  "Waiting",
  "Welfare",
] as const;

/** Tags of a mutation that posts: nothing where it was refused, for nothing moved. */
export const ifDone = (done: unknown) => (done ? MONEY_TAGS : []);

const journalApi = api.injectEndpoints({
  endpoints: (build) => ({
    bookEntry: build.query<BookEntry | null, string>({
      query: (id) => operation(BookEntryDocument, { id }),
      transformResponse: (answer: BookEntryQuery) => answer.journalEntry,
      providesTags: ["Ledger"],
    }),
    runningLoans: build.query<RunningLoan[], string>({
      query: (groupId) => operation(RunningLoansDocument, { groupId }),
      transformResponse: (answer: RunningLoansQuery) => answer.loans.edges.map(({ node }) => node),
      providesTags: ["Loans"],
    }),
    reverseBookEntry: build.mutation<string, ReverseEntryInput>({
      query: (input) => operation(ReverseBookEntryDocument, { input }),
      transformResponse: (answer: ReverseBookEntryMutation) => answer.reverseEntry.id,
      invalidatesTags: ifDone,
    }),
  }),
});

export const { useBookEntryQuery, useRunningLoansQuery, useReverseBookEntryMutation } = journalApi;
