/** Papers to print: asked for, made by a worker, fetched (docs/papers.md). */
import {
  PaperDocument,
  type PaperQuery,
  type PaperStateFragment,
  RequestPaperDocument,
  type RequestPaperInput,
  type RequestPaperMutation,
} from "../gen/graphql";
import { api, operation } from "./api";

export type PaperState = PaperStateFragment;

const papersApi = api.injectEndpoints({
  endpoints: (build) => ({
    requestPaper: build.mutation<PaperState, RequestPaperInput>({
      query: (input) => operation(RequestPaperDocument, { input }),
      transformResponse: ({ requestPaper }: RequestPaperMutation) => requestPaper,
    }),
    paper: build.query<PaperState | null, string>({
      query: (id) => operation(PaperDocument, { id }),
      transformResponse: ({ paper }: PaperQuery) => paper,
    }),
  }),
});

export const { useRequestPaperMutation, useLazyPaperQuery } = papersApi;
