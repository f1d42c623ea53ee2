/** Who signs in, by name, for pickers. Administrators only. */
import {
  PeopleNamesDocument,
  type PeopleNamesQuery,
  type PeopleNamesQueryVariables,
  PersonNameDocument,
  type PersonNameQuery,
} from "../gen/graphql";
import { api, operation } from "./api";

export type PeopleNames = { people: { id: string; name: string }[]; total: number };

const peopleNamesApi = api.injectEndpoints({
  endpoints: (build) => ({
    peopleNames: build.query<PeopleNames, PeopleNamesQueryVariables>({
      query: (asked) => operation(PeopleNamesDocument, asked),
      transformResponse: ({ users }: PeopleNamesQuery) => ({
        people: users.edges.map(({ node }) => node),
        total: users.totalCount,
      }),
      providesTags: ["People"],
    }),
    personName: build.query<string | null, string>({
      query: (id) => operation(PersonNameDocument, { id }),
      transformResponse: ({ user }: PersonNameQuery) => user?.name ?? null,
      providesTags: ["People"],
    }),
  }),
});

export const { usePeopleNamesQuery, usePersonNameQuery } = peopleNamesApi;
