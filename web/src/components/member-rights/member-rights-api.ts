import { api, LIVE_TAGS, operation } from "../../api/api";
import {
  EraseMemberDocument,
  type EraseMemberMutationVariables,
  ExportMemberDocument,
  type ExportMemberMutation,
  RedactTextDocument,
  type RedactTextMutation,
  type RedactTextMutationVariables,
  TextsNamingDocument,
  type TextsNamingQuery,
} from "../../gen/graphql";

export type NamingText = TextsNamingQuery["textsNaming"][number];

/** Where the texts stand that were changed. */
const TEXT_TAGS = [
  "Audit",
  "Fines",
  "Ledger",
  "Loan",
  "Loans",
  "Movements",
  "Reconciliations",
  "Reviews",
  "Welfare",
] as const;

const rightsApi = api.injectEndpoints({
  endpoints: (build) => ({
    exportMember: build.mutation<ExportMemberMutation["exportMember"], string>({
      query: (memberId) => operation(ExportMemberDocument, { memberId }),
      transformResponse: (answer: ExportMemberMutation) => answer.exportMember,
      invalidatesTags: (done) => (done ? ["Audit"] : []),
    }),
    textsNaming: build.query<readonly NamingText[], string>({
      query: (memberId) => operation(TextsNamingDocument, { memberId }),
      transformResponse: (answer: TextsNamingQuery) => answer.textsNaming,
      // What is held of them stays no longer in memory than it must.
      keepUnusedDataFor: 0,
      providesTags: ["Texts"],
    }),
    redactText: build.mutation<number, RedactTextMutationVariables>({
      query: (variables) => operation(RedactTextDocument, variables),
      transformResponse: (answer: RedactTextMutation) => answer.redactText,
      // Also after a refusal: somebody else changed the text meanwhile.
      invalidatesTags: (done) => (done ? ["Texts", ...TEXT_TAGS] : ["Texts"]),
    }),
    eraseMember: build.mutation<unknown, EraseMemberMutationVariables>({
      query: (variables) => operation(EraseMemberDocument, variables),
      // The name stood in every list; but nobody can search for it any more.
      invalidatesTags: (done) => (done ? LIVE_TAGS.filter((tag) => tag !== "Texts") : []),
    }),
  }),
});

export const {
  useExportMemberMutation,
  useTextsNamingQuery,
  useRedactTextMutation,
  useEraseMemberMutation,
} = rightsApi;
