import { api, operation } from "../../api/api";
import {
  RecordOpeningDocument,
  type RecordOpeningInput,
  type RecordOpeningMutation,
} from "../../gen/graphql";

const openingApi = api.injectEndpoints({
  endpoints: (build) => ({
    recordOpening: build.mutation<string, RecordOpeningInput>({
      query: (input) => operation(RecordOpeningDocument, { input }),
      transformResponse: (answer: RecordOpeningMutation) => answer.recordOpeningBalances.id,
      invalidatesTags: (done) =>
        done
          ? [
              ...(["Group", "Groups", "Ledger", "Totals", "Trf", "Member", "Members"] as const),
              ...(["Loans", "Movements", "Kpis", "Audit"] as const),
            ]
          : [],
    }),
  }),
});

export const { useRecordOpeningMutation } = openingApi;
