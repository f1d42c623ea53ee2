import { skipToken } from "@reduxjs/toolkit/query";
import { parseDate, todayInNairobi } from "@tablebanking/common/dates";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { Failed, LoadingRows, StaleNotice } from "../../components/States";
import { useNow } from "../../lib/age";
import { MapCanvas } from "./MapCanvas";
import classes from "./MapPage.module.css";
import { OfficerList } from "./OfficerList";
import { OfficerPanel } from "./OfficerPanel";
import { chooseOfficers, type OfficerFilter } from "./officer-filter";
import { type Position, type TrackPoint, useOfficersQuery, useTrackQuery } from "./officers-api";

const NOBODY: Position[] = [];
const NO_TRACK: TrackPoint[] = [];
const CLOCK_MS = 20_000;

export default function MapPage() {
  const query = useOfficersQuery();
  const officers = query.data ?? NOBODY;
  const [filter, setFilter] = useState<OfficerFilter>({ text: "", activity: "" });
  const shown = useMemo(() => chooseOfficers(officers, filter), [officers, filter]);
  const now = useNow(CLOCK_MS);
  const { selected, day, select, setDay } = useSelection();
  const chosen = officers.find(({ officer }) => officer.id === selected);
  const track = useTrackQuery(selected ? { officerId: selected, day } : skipToken);
  const points = (selected && track.currentData) || NO_TRACK;
  const [moment, setMoment] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another track starts at its own end
  useEffect(() => setMoment(null), [selected, day]);
  const close = useCallback(() => select(null), [select]);

  if (query.isLoading) return <LoadingRows />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={query.refetch} />;
  return (
    <div className={classes.page} data-testid="map-page">
      <OfficerList
        shown={shown}
        total={officers.length}
        filter={filter}
        onFilter={setFilter}
        selected={selected}
        onSelect={select}
        now={now}
      />
      <div className={classes.middle}>
        {query.isError && <StaleNotice retry={query.refetch} />}
        <MapCanvas
          officers={shown}
          selected={selected}
          onSelect={select}
          track={points}
          moment={moment === null ? null : (points[moment] ?? null)}
          now={now}
        />
      </div>
      {chosen && (
        <OfficerPanel
          key={chosen.officer.id}
          position={chosen}
          now={now}
          day={day}
          onDay={setDay}
          track={track}
          moment={moment}
          onMoment={setMoment}
          onClose={close}
        />
      )}
    </div>
  );
}

/** The officer and the day stand in the address, so that a track can be shown to a colleague. */
function useSelection() {
  const [params, setParams] = useSearchParams();
  const select = useCallback(
    (id: string | null) => setParams(id ? { officer: id } : {}, { replace: true }),
    [setParams],
  );
  const selected = params.get("officer");
  const asked = params.get("day");
  const day = asked && parseDate(asked) ? asked : todayInNairobi();
  const setDay = (next: string) =>
    setParams({ ...(selected && { officer: selected }), day: next }, { replace: true });
  return { selected, day, select, setDay };
}
