import { api, LIVE_TAGS, operation } from "../../api/api";
import {
  EraseMemberDocument,
  type EraseMemberMutationVariables,
  ExportMemberDocument,
  type ExportMemberMutation,
} from "../../gen/graphql";

const rightsApi = api.injectEndpoints({
  endpoints: (build) => ({
    exportMember: build.mutation<ExportMemberMutation["exportMember"], string>({
      query: (memberId) => operation(ExportMemberDocument, { memberId }),
      transformResponse: (answer: ExportMemberMutation) => answer.exportMember,
      invalidatesTags: (done) => (done ? ["Audit"] : []),
    }),
    eraseMember: build.mutation<unknown, EraseMemberMutationVariables>({
      query: (variables) => operation(EraseMemberDocument, variables),
      // The name stood in every list.
      invalidatesTags: (done) => (done ? [...LIVE_TAGS] : []),
    }),
  }),
});

export const { useExportMemberMutation, useEraseMemberMutation } = rightsApi;
