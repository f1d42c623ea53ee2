import { Button } from "@mantine/core";
import { IconCalendarEvent, IconHistory, IconUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { LiveBadge } from "../../components/LiveBadge";
import { Empty, LoadingRows } from "../../components/States";
import { useRowWindow } from "../../components/use-row-window";
import { label, t } from "../../i18n";
import { ageText } from "../../lib/age";
import classes from "./MapPage.module.css";
import { isOffline, isStale, ringColour } from "./map-style";
import { OfficerFilters } from "./OfficerFilters";
import { type Entry, type OfficerFilter, unsentCount, unsentSince } from "./officer-filter";
import { placeAt, type Way } from "./way";

type Props = {
  shown: readonly Entry[];
  total: number;
  loading: boolean;
  filter: OfficerFilter;
  onFilter: (changed: Partial<OfficerFilter>) => void;
  selected: string | null;
  onSelect: (officerId: string) => void;
  now: number;
  /** While the day of all is played back: their ways, and the second of the day. */
  replay: { ways: ReadonlyMap<string, Way>; second: number } | null;
  onReplay: () => void;
  /** Whether the day's meetings of all stand beside the map. */
  planned: boolean;
  onPlanned: () => void;
};

const OFFICER_ROW = 56;

/** The map in words: whoever cannot see it, or works by keyboard, misses nothing. */
export function OfficerList(props: Props) {
  const { shown, total, loading, replay } = props;
  return (
    <div className={classes.side}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t("map.title")}</h1>
        <LiveBadge />
      </header>
      <OfficerFilters filter={props.filter} onFilter={props.onFilter} />
      <div className={classes.counts}>
        <p className={classes.count} role="status">
          {!loading && t("map.count", { count: shown.length })}
        </p>
        <Button
          size="compact-sm"
          variant={replay ? "filled" : "default"}
          leftSection={<IconHistory size={14} aria-hidden />}
          onClick={props.onReplay}
          aria-pressed={replay !== null}
          data-testid="replay-all"
        >
          {t("map.replayAll")}
        </Button>
        <Button
          size="compact-sm"
          variant={props.planned ? "filled" : "default"}
          leftSection={<IconCalendarEvent size={14} aria-hidden />}
          onClick={props.onPlanned}
          aria-pressed={props.planned}
          data-testid="show-planned"
        >
          {t("map.meetings")}
        </Button>
      </div>
      <Rows {...props} />
      {loading && <LoadingRows />}
      {!loading && total === 0 && <Empty title={t("map.empty")} hint={t("map.emptyHint")} />}
      {total > 0 && shown.length === 0 && <Empty title={t("map.noMatch")} />}
    </div>
  );
}

function Rows({ shown, selected, onSelect, now, replay }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useRowWindow(scroller, shown.length, OFFICER_ROW);
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul
        className={classes.list}
        style={{ height: shown.length * OFFICER_ROW }}
        aria-label={t("map.officers")}
      >
        {shown.slice(first, last + 1).map((entry, offset) => (
          <li
            key={entry.officer.id}
            style={{ transform: `translateY(${(first + offset) * OFFICER_ROW}px)` }}
            aria-setsize={shown.length}
            aria-posinset={first + offset + 1}
          >
            <OfficerRow
              entry={entry}
              now={now}
              selected={entry.officer.id === selected}
              onSelect={onSelect}
              replay={replay}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

type RowProps = {
  entry: Entry;
  selected: boolean;
} & Pick<Props, "now" | "onSelect" | "replay">;

function OfficerRow({ entry, now, selected, onSelect, replay }: RowProps) {
  const { officer, position, unsent } = entry;
  const then = replay && whereThen(replay, officer.id);
  const state = replay ? (then ? "fresh" : "offline") : stateOf(entry, now);
  return (
    <button
      type="button"
      className={classes.officer}
      aria-pressed={selected}
      onClick={() => onSelect(officer.id)}
      data-stale={state === "stale" || undefined}
      data-offline={state === "offline" || undefined}
      data-unsent={unsent.length > 0 || undefined}
      data-testid="officer-row"
      data-id={officer.id}
      data-latitude={then ? then.latitude : position?.latitude}
      data-longitude={then ? then.longitude : position?.longitude}
    >
      <span
        className={classes.ring}
        style={ringOf(then ? then.activity : position?.activityType, state)}
        aria-hidden
      />
      <span className={classes.officerName}>{officer.user.name}</span>
      <span className={classes.age}>{replay ? "" : ageOf(entry, state, now)}</span>
      <span className={classes.doing}>
        {replay && (then ? label("activity", then.activity) : t("map.noPositionThen"))}
        {!replay && unsent.length > 0 && <UnsentLine entry={entry} now={now} />}
        {!replay && unsent.length === 0 && position && label("activity", position.activityType)}
      </span>
      {!replay && position && unsent.length === 0 && <Battery level={position.batteryLevel} />}
    </button>
  );
}

/** Where the officer was then, if a position is known near that time. */
function whereThen({ ways, second }: NonNullable<Props["replay"]>, officerId: string) {
  const way = ways.get(officerId);
  const at = way && placeAt(way, second);
  return at?.known ? at : null;
}

function UnsentLine({ entry, now }: { entry: Entry; now: number }) {
  const since = unsentSince(entry.unsent);
  return (
    <span className={classes.unsent}>
      <IconUpload size={12} aria-hidden />{" "}
      {t("map.unsentRow", {
        count: unsentCount(entry.unsent),
        age: since ? ageText(since, now) : "—",
      })}
    </span>
  );
}

function Battery({ level }: { level: number | null }) {
  return (
    <span className={classes.battery} data-low={(level ?? 100) <= 15 || undefined}>
      {level === null ? t("map.batteryUnknown") : t("map.battery", { level })}
    </span>
  );
}

type State = "fresh" | "stale" | "offline";

function stateOf({ position }: Entry, now: number): State {
  if (!position || isOffline(position, now)) return "offline";
  return isStale(position, now) ? "stale" : "fresh";
}

function ageOf({ position }: Entry, state: State, now: number): string {
  if (!position) return t("map.noPosition");
  const age = ageText(position.recordedAt, now);
  if (state === "fresh") return age;
  return t(state === "offline" ? "map.offline" : "map.stale", { age });
}

function ringOf(activity: Parameters<typeof ringColour>[0] | undefined, state: State) {
  return {
    borderColor: activity && state !== "offline" ? ringColour(activity) : "var(--ink-soft)",
  };
}
