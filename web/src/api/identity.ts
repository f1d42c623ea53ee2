/** A member's papers and the check of them; loans and members both need it. */
import {
  type IdentityFragment,
  MemberIdentityDocument,
  type MemberIdentityQuery,
  VerifyIdentityDocument,
  type VerifyIdentityMutation,
  type VerifyIdentityMutationVariables,
} from "../gen/graphql";
import { api, operation } from "./api";

export type Paper = IdentityFragment["documents"][number];

const identityApi = api.injectEndpoints({
  endpoints: (build) => ({
    identity: build.query<IdentityFragment | null, string>({
      query: (id) => operation(MemberIdentityDocument, { id }),
      transformResponse: (answer: MemberIdentityQuery) => answer.member,
      providesTags: (_result, _error, id) => [{ type: "Member", id }, "Documents"],
    }),
    verifyIdentity: build.mutation<
      VerifyIdentityMutation["verifyIdentity"],
      VerifyIdentityMutationVariables
    >({
      query: (values) => operation(VerifyIdentityDocument, values),
      transformResponse: (answer: VerifyIdentityMutation) => answer.verifyIdentity,
      // Every loan of the member waited for it.
      invalidatesTags: (done, _error, { memberId }) =>
        done ? [{ type: "Member", id: memberId }, "Members", "Loan", "Loans", "Waiting"] : [],
    }),
  }),
});

export const { useIdentityQuery, useVerifyIdentityMutation } = identityApi;

/** The newest of a kind; papers come newest first. */
export function newestOf(papers: readonly Paper[], kind: Paper["kind"]): Paper | undefined {
  return papers.find((paper) => paper.kind === kind);
}

/** Both sides of the ID card are there to be looked at. */
export function hasBothSides(papers: readonly Paper[]): boolean {
  return Boolean(newestOf(papers, "ID_FRONT") && newestOf(papers, "ID_BACK"));
}
