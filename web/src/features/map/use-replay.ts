/** What is played back: the chosen officer's way, or those of all. */
import { skipToken } from "@reduxjs/toolkit/query";
import { useEffect, useMemo, useRef } from "react";
import { startOfDay, useOfficerWaysQuery } from "./officer-day";
import type { TrackPoint } from "./officers-api";
import { ReplayClock } from "./replay-clock";
import { spanOfWays, type Way, wayOf, wayOfTrack } from "./way";

type Asked = {
  all: boolean;
  day: string;
  group: string;
  selected: string | null;
  name: string;
  points: readonly TrackPoint[];
};

const NO_WAYS: Way[] = [];

export function useReplay({ all, day, group, selected, name, points }: Asked) {
  const query = useOfficerWaysQuery(all ? { date: day, group } : skipToken);
  const loaded = all ? query.currentData : undefined;
  const ways = useMemo(() => {
    if (all) return loaded?.map(wayOf) ?? NO_WAYS;
    if (!selected || points.length === 0) return NO_WAYS;
    return [wayOfTrack(selected, name, points, Date.parse(startOfDay(day)))];
  }, [all, loaded, selected, name, points, day]);
  const byOfficer = useMemo(() => new Map(ways.map((way) => [way.officerId, way])), [ways]);
  const clock = useClock(ways, `${all} ${day} ${selected}`);
  return { ways, byOfficer, clock, query };
}

/** A new clock for other ways; new points of the same day leave it where it stands. */
function useClock(ways: readonly Way[], key: string): ReplayClock | null {
  const before = useRef<{ key: string; clock: ReplayClock } | null>(null);
  const clock = useMemo(() => {
    const span = spanOfWays(ways);
    if (!span) return null;
    const old = before.current?.key === key ? before.current.clock : null;
    const stood = old && old.second < old.end ? old.second : span.last;
    const made = new ReplayClock(span.first, span.last, stood);
    if (old) made.speed = old.speed;
    before.current = { key, clock: made };
    return made;
  }, [ways, key]);
  useEffect(() => () => clock?.pause(), [clock]);
  return clock;
}
