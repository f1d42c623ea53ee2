/** Chairs and committees have one group: they choose none, and are asked for none. */
import { useSession } from "../lib/use-session";
import { useGroupsInfiniteQuery } from "./groups";

const ALL = { search: null, county: null, status: null };

export function useOfOneGroup(): boolean {
  const { user } = useSession();
  return user?.role === "GROUP_CHAIR" || user?.role === "GROUP_COMMITTEE";
}

/** The id of their group; "" while it is not known, and for everybody else. */
export function useOwnGroup(): string {
  const ofOneGroup = useOfOneGroup();
  const { data } = useGroupsInfiniteQuery(ALL, { skip: !ofOneGroup });
  return (ofOneGroup && data?.pages[0]?.edges[0]?.node.id) || "";
}
