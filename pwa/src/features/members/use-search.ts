import { useEffect, useMemo } from "react";
import type { Group } from "../../lib/model";
import type { ListedMember } from "../../state/data";
import { MemberSearch } from "../../state/member-search";

/** Of every shape: what all members have, two words, a number. */
const REHEARSALS = ["a", "e", "an", "a e", "07", "n a", "2", "o"];

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
    // Searches go before the officer's first, one each time the phone has nothing to do: that one
    // would find the engine cold and take several times as long as those after it.
    const ahead = [...REHEARSALS];
    const next = () => {
      const query = ahead.shift();
      if (query === undefined) return;
      search().find(query, null);
      idle = requestIdleCallback(next);
    };
    let idle = requestIdleCallback(() => {
      search();
      idle = requestIdleCallback(next);
    });
    return () => cancelIdleCallback(idle);
  }, [search]);
  return search;
}
