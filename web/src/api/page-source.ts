import type { PageSource } from "../lib/export/rows";
import { type AnyDocument, graphqlBaseQuery } from "./base-query";

const PAGE = 100;

/**
 * The pages of a list straight from the server, past the cache: for exports.
 * `pageSource(LoansDocument, filter, (answer: LoansQuery) => answer.loans)`
 */
export function pageSource<Answer, T>(
  document: AnyDocument,
  variables: object,
  pick: (answer: Answer) => Awaited<ReturnType<PageSource<T>>>,
): PageSource<T> {
  return async (after, signal) => {
    const asked = { document, variables: { ...variables, first: PAGE, after } };
    const context = { signal } as Parameters<typeof graphqlBaseQuery>[1];
    const { data, error } = await graphqlBaseQuery(asked, context, {});
    if (error) throw error;
    return pick(data as Answer);
  };
}
