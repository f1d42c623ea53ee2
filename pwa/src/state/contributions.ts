/** The payments of one group or member, the newest first. */
import { useMemo } from "react";
import type { Contribution } from "../lib/model";
import { useRecords } from "./records";

const NONE: Contribution[] = [];

export function useContributions(_of: "groupId" | "memberId", id: string): Contribution[] {
  const rows = useRecords("contributions", id);
  return useMemo(
    () =>
      rows
        ? [...rows].sort((a, b) => b.date.localeCompare(a.date) || b.id.localeCompare(a.id))
        : NONE,
    [rows],
  );
}
