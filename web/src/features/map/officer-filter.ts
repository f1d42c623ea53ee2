/** Who stands on the map and in the list: those with a position, and phones with unsent work. */
import type { ActivityType } from "../../gen/graphql";
import { isOffline, isStale } from "./map-style";
import type { GroupsOf, Unsent } from "./officer-day";
import type { Position } from "./officers-api";

export const ACTIVITIES: readonly ActivityType[] = [
  "MEMBER_VISIT",
  "GROUP_MEETING",
  "COLLECTION",
  "TRAVEL",
  "OTHER",
];
export const STATES = ["", "fresh", "stale", "offline", "unsent"] as const;

export const NO_FILTER = { q: "", activity: "", state: "", group: "", county: "" };
export type OfficerFilter = Readonly<typeof NO_FILTER>;

export type Officer = Position["officer"];
export type Entry = {
  officer: Officer;
  /** Null: none within a day. */
  position: Position | null;
  unsent: readonly Unsent[];
};

/** Far quicker than `localeCompare`, which looks the language's rules up for each pair. */
const byLanguage = new Intl.Collator();

/** Everybody, by name, so that the list stands still while the officers move. */
export function entriesOf(positions: readonly Position[], unsent: readonly Unsent[]): Entry[] {
  const phones = new Map<string, Unsent[]>();
  for (const phone of unsent) {
    const id = phone.officer.id;
    phones.set(id, [...(phones.get(id) ?? []), phone]);
  }
  const entries: Entry[] = positions.map((position) => {
    const { officer } = position;
    const own = phones.get(officer.id) ?? [];
    phones.delete(officer.id);
    return { officer, position, unsent: own };
  });
  for (const own of phones.values()) {
    if (own[0]) entries.push({ officer: own[0].officer, position: null, unsent: own });
  }
  return entries.sort((a, b) => byLanguage.compare(a.officer.user.name, b.officer.user.name));
}

/** `groupsOf` is needed only where a group or a county is asked for. */
export function chooseEntries(
  entries: readonly Entry[],
  filter: OfficerFilter,
  groupsOf: GroupsOf | undefined,
  now: number,
): Entry[] {
  const wanted = filter.q.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      (!filter.activity || entry.position?.activityType === filter.activity) &&
      isInState(entry, filter.state, now) &&
      serves(entry, filter, groupsOf) &&
      `${entry.officer.user.name} ${entry.officer.phone}`.toLowerCase().includes(wanted),
  );
}

function isInState({ position, unsent }: Entry, state: string, now: number): boolean {
  switch (state) {
    case "fresh":
      return position !== null && !isStale(position, now);
    case "stale":
      return position !== null && isStale(position, now) && !isOffline(position, now);
    case "offline":
      return position === null || isOffline(position, now);
    case "unsent":
      return unsent.length > 0;
    default:
      return true;
  }
}

function serves({ officer }: Entry, { group, county }: OfficerFilter, groupsOf?: GroupsOf) {
  if (!group && !county) return true;
  return (groupsOf?.[officer.id] ?? []).some(
    (one) => (!group || one.id === group) && (!county || one.county === county),
  );
}

/** When the oldest unsent work was made. */
export function unsentSince(unsent: readonly Unsent[]): string | null {
  return unsent.reduce<string | null>(
    (oldest, { oldestAt }) => (oldestAt && (!oldest || oldestAt < oldest) ? oldestAt : oldest),
    null,
  );
}

export function unsentCount(unsent: readonly Unsent[]): number {
  return unsent.reduce((sum, { waiting, failed }) => sum + waiting + failed, 0);
}
