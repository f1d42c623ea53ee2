/** The payments of one group or member, opened from the store while a screen shows them. */
import { useEffect, useState } from "react";
import type { Contribution } from "../lib/model";
import { readContributions } from "../sync/records";
import { useData } from "./data";
import { openStore } from "./session";

const NONE: Contribution[] = [];

export function useContributions(index: "groupId" | "memberId", id: string): Contribution[] {
  const revision = useData((state) => state.revision);
  const [rows, setRows] = useState<Contribution[]>(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means "read again"
  useEffect(() => {
    let current = true;
    const { store, dataKey } = openStore();
    void readContributions(store, dataKey, index, id).then((read) => {
      if (current) setRows(read);
    });
    return () => {
      current = false;
    };
  }, [index, id, revision]);
  return rows;
}
