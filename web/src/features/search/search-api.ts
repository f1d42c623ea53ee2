import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { api, operation } from "../../api/api";
import { SearchDocument, type SearchQuery } from "../../gen/graphql";

export type Hit = {
  id: string;
  kind: "groups" | "members" | "loans" | "pages";
  name: string;
  detail: string;
  to: string;
};

const searchApi = api.injectEndpoints({
  endpoints: (build) => ({
    search: build.query<Hit[], string>({
      query: (text) => operation(SearchDocument, { search: parseKenyanMobile(text) ?? text }),
      transformResponse: toHits,
      keepUnusedDataFor: 30,
    }),
  }),
});

export const { useSearchQuery } = searchApi;

/** What a member owes or asks for; what is over is found on the member's page. */
const OPEN: readonly string[] = ["PENDING", "APPROVED", "DISBURSED"];

function toLoanHits({ node }: SearchQuery["members"]["edges"][number]): Hit[] {
  return node.loans
    .filter(({ status }) => OPEN.includes(status))
    .map((loan) => ({
      id: loan.id,
      kind: "loans",
      name: `${node.memberName} · ${formatKes(fromDecimal(loan.loanAmount))}`,
      detail: node.group.name,
      to: `/loans/${loan.id}`,
    }));
}

function toHits({ groups, members }: SearchQuery): Hit[] {
  return [
    ...groups.edges.map(
      ({ node }): Hit => ({
        id: node.id,
        kind: "groups",
        name: node.name,
        detail: `${node.groupCode} · ${node.county}`,
        to: `/groups/${node.id}`,
      }),
    ),
    ...members.edges.flatMap(toLoanHits),
    ...members.edges.map(
      ({ node }): Hit => ({
        id: node.id,
        kind: "members",
        name: node.memberName,
        detail: `${node.group.name} · ${formatPhone(node.phone)}`,
        to: `/members/${node.id}`,
      }),
    ),
  ];
}

export type SearchedPage = { path: string; name: string };

/** The pages whose name has what was typed, first; loans only where they have a page. */
export function withPages(
  hits: readonly Hit[],
  text: string,
  pages: readonly SearchedPage[],
): Hit[] {
  const wanted = text.trim().toLocaleLowerCase();
  const found = pages
    .filter(({ name }) => wanted !== "" && name.toLocaleLowerCase().includes(wanted))
    .map(({ path, name }): Hit => ({ id: path, kind: "pages", name, detail: "", to: path }));
  const hasLoans = pages.some(({ path }) => path === "/loans");
  return [...found, ...hits.filter(({ kind }) => kind !== "loans" || hasLoans)];
}
