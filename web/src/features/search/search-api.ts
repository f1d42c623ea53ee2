import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { api, operation } from "../../api/api";
import { SearchDocument, type SearchQuery } from "../../gen/graphql";

export type Hit = {
  id: string;
  kind: "groups" | "members";
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
    ...members.edges.map(
      ({ node }): Hit => ({
        id: node.id,
        kind: "members",
        name: node.memberName,
        detail: `${node.group.name} · ${formatPhone(node.phone)}`,
        to: `/groups/${node.group.id}/members?member=${node.id}`,
      }),
    ),
  ];
}
