import { useEffect, useMemo } from "react";
import type { Group } from "../../lib/model";
import type { ListedMember } from "../../state/data";
import { MemberSearch } from "../../state/member-search";

/** Made when it is first needed, or when the phone has nothing else to do after the list is shown. */
export function useSearch(
  members: ReadonlyMap<string, ListedMember>,
  groups: ReadonlyMap<string, Group>,
): () => MemberSearch {
  const search = useMemo(() => {
    let made: MemberSearch | null = null;
    return () => {
      made ??= new MemberSearch(members, groups);
      return made;
    };
  }, [members, groups]);
  useEffect(() => {
    if (!("requestIdleCallback" in window)) return;
    // A search goes before the officer's first, which would find the engine cold and take twice
    // as long as those after it.
    let idle = requestIdleCallback(() => {
      search();
      idle = requestIdleCallback(() => search().find("a", null));
    });
    return () => cancelIdleCallback(idle);
  }, [search]);
  return search;
}
