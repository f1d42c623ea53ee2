import { skipToken } from "@reduxjs/toolkit/query";
import { parseDate, todayInNairobi } from "@tablebanking/common/dates";
import { useCallback, useMemo } from "react";
import { Failed, StaleNotice } from "../../components/States";
import { t } from "../../i18n";
import { useNow } from "../../lib/age";
import { useFilters } from "../../lib/use-filters";
import { MapCanvas } from "./MapCanvas";
import classes from "./MapPage.module.css";
import { OfficerList } from "./OfficerList";
import { OfficerPanel } from "./OfficerPanel";
import {
  type Stop,
  type Unsent,
  useOfficerDayQuery,
  useOfficersGroupsQuery,
  useUnsentWorkQuery,
} from "./officer-day";
import { chooseEntries, entriesOf, NO_FILTER } from "./officer-filter";
import { type Position, type TrackPoint, useOfficersQuery, useTrackQuery } from "./officers-api";
import { PlannedPanel } from "./PlannedPanel";
import { ReplayBar, useMinute } from "./ReplayBar";
import { ReplayHead } from "./ReplayHead";
import { useReplay } from "./use-replay";

const NOBODY: Position[] = [];
const NO_PHONES: Unsent[] = [];
const NO_TRACK: TrackPoint[] = [];
const NO_STOPS: Stop[] = [];
const CLOCK_MS = 20_000;
const OFTEN = { pollingInterval: 60_000, skipPollingIfUnfocused: true };
/** All of it stands in the address, so that it can be shown to a colleague. */
const ADDRESS = { ...NO_FILTER, officer: "", day: "", stop: "", replay: "", planned: "" };

export default function MapPage() {
  const query = useOfficersQuery();
  const { values, set } = useFilters(ADDRESS);
  const now = useNow(CLOCK_MS);
  const { entries, shown, onMap, phones } = useEntries(query.data ?? NOBODY, values, now);
  const selected = values.officer || null;
  const day = parseDate(values.day) ? values.day : todayInNairobi();
  const { dayQuery, points, stops } = useDay(selected, day);
  const entry = entries.find(({ officer }) => officer.id === selected);
  const name = entry?.officer.user.name ?? dayQuery.currentData?.officer.user.name ?? "";
  const all = values.replay === "all";
  const replay = useReplay({ all, day, group: values.group, selected, name, points });
  const { minute } = useMinute(all ? replay.clock : null);
  const stop = stops[Number(values.stop) - 1] ? Number(values.stop) - 1 : null;
  const select = (officer: string) => set({ officer, stop: "" });
  const setStop = (index: number | null) => set({ stop: index === null ? "" : String(index + 1) });
  const setDay = (next: string) => set({ day: next === todayInNairobi() ? "" : next, stop: "" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `set` is new with each drawing
  const close = useCallback(() => set({ officer: "", stop: "" }), [values]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const closePlanned = useCallback(() => set({ planned: "" }), [values]);

  if (query.isError && !query.data) return <Failed error={query.error} retry={query.refetch} />;
  return (
    <div className={classes.page} data-testid="map-page">
      <OfficerList
        shown={shown}
        total={entries.length}
        loading={query.isLoading}
        filter={values}
        onFilter={set}
        selected={selected}
        onSelect={select}
        now={now}
        replay={all ? { ways: replay.byOfficer, second: minute * 60 } : null}
        onReplay={() => set({ replay: all ? "" : "all" })}
        planned={values.planned !== ""}
        onPlanned={() => set({ planned: values.planned ? "" : "1", officer: "", stop: "" })}
      />
      <div className={classes.middle}>
        {query.isError && <StaleNotice retry={query.refetch} />}
        {!query.isError && phones.isError && <StaleNotice retry={phones.refetch} />}
        {all && <ReplayHead day={day} onDay={setDay} replay={replay} />}
        <MapCanvas
          shown={all ? EMPTY_MAP : onMap}
          loaded={!query.isLoading}
          selected={selected}
          onSelect={select}
          track={points}
          trackKey={`${selected} ${day}`}
          stops={stops}
          stop={stop}
          onStop={setStop}
          ways={replay.ways}
          clock={replay.clock}
          now={now}
        />
        {replay.clock && (
          <ReplayBar
            clock={replay.clock}
            title={all ? t("map.replayAll") : t("map.replayOf", { name })}
          />
        )}
      </div>
      {selected && (
        <OfficerPanel
          key={selected}
          entry={entry}
          now={now}
          day={day}
          onDay={setDay}
          query={dayQuery}
          stop={stop}
          onStop={setStop}
          onClose={close}
        />
      )}
      {!selected && values.planned && (
        <PlannedPanel
          day={day}
          onDay={setDay}
          group={values.group}
          county={values.county}
          onSelect={select}
          onClose={closePlanned}
        />
      )}
    </div>
  );
}

const EMPTY_MAP = { positions: NOBODY, unsent: new Set<string>() };

function useEntries(positions: readonly Position[], filter: typeof ADDRESS, now: number) {
  const phones = useUnsentWorkQuery(undefined, OFTEN);
  const unsent = phones.data ?? NO_PHONES;
  const { data: groupsOf } = useOfficersGroupsQuery(undefined, {
    ...OFTEN,
    skip: !filter.group && !filter.county,
  });
  const entries = useMemo(() => entriesOf(positions, unsent), [positions, unsent]);
  const shown = useMemo(
    () => chooseEntries(entries, filter, groupsOf, now),
    [entries, filter, groupsOf, now],
  );
  const onMap = useMemo(
    () => ({
      positions: shown.flatMap(({ position }) => position ?? []),
      unsent: new Set(shown.filter(({ unsent }) => unsent.length).map(({ officer }) => officer.id)),
    }),
    [shown],
  );
  return { entries, shown, onMap, phones };
}

function useDay(selected: string | null, day: string) {
  const running = day === todayInNairobi() ? OFTEN : {};
  const dayQuery = useOfficerDayQuery(
    selected ? { officerId: selected, date: day } : skipToken,
    running,
  );
  const track = useTrackQuery(selected ? { officerId: selected, day } : skipToken, running);
  return {
    dayQuery,
    points: (selected && track.currentData) || NO_TRACK,
    stops: (selected && dayQuery.currentData?.stops) || NO_STOPS,
  };
}
