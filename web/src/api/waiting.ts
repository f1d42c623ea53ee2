/** How much waits for the one who is signed in: the numbers beside the navigation. */
import { WaitingDocument, type WaitingQuery, type WaitingQueryVariables } from "../gen/graphql";
import { api, operation } from "./api";

export type Waiting = { reviews: number; loans: number; undelivered: number };

const waitingApi = api.injectEndpoints({
  endpoints: (build) => ({
    waiting: build.query<Waiting, WaitingQueryVariables>({
      query: (asked) => operation(WaitingDocument, asked),
      transformResponse: ({ reviewItems, loans, deadLetters }: WaitingQuery) => ({
        reviews: reviewItems?.totalCount ?? 0,
        loans: loans?.totalCount ?? 0,
        undelivered: deadLetters?.totalCount ?? 0,
      }),
      providesTags: ["Waiting"],
    }),
  }),
});

export const { useWaitingQuery } = waitingApi;
