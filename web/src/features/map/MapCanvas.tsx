import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useConfig } from "../../api/config";
import { t } from "../../i18n";
import classes from "./MapPage.module.css";
import { MapView, type Shown } from "./map-view";
import type { Stop } from "./officer-day";
import type { TrackPoint } from "./officers-api";
import type { ReplayClock } from "./replay-clock";
import type { Way } from "./way";

type Props = {
  shown: Shown;
  /** Whether the officers are there: the ground is drawn while they are on their way. */
  loaded: boolean;
  selected: string | null;
  onSelect: (officerId: string) => void;
  track: readonly TrackPoint[];
  /** Whose way of which day: the map goes there once, not with each new point. */
  trackKey: string;
  stops: readonly Stop[];
  stop: number | null;
  onStop: (index: number) => void;
  ways: readonly Way[];
  clock: ReplayClock | null;
  /** Changes with the clock on the wall, so that positions fade though nothing new arrives. */
  now: number;
};

/** Drawing sooner would show no more, and a thousand dots cost. */
const REPLAY_FRAME_MS = 80;

/** React's side of the map: it owns the element and passes on what changed. */
export function MapCanvas(props: Props) {
  const { shown, loaded, selected, track, trackKey, stops, stop, ways, clock, now } = props;
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<MapView | null>(null);
  const fitted = useRef("");
  const handlers = useRef(props);
  handlers.current = props;
  const config = useConfig();
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const created = new MapView(element, {
      config,
      onSelect: (id) => handlers.current.onSelect(id),
      onStop: (index) => handlers.current.onStop(index),
    });
    view.current = created;
    fitted.current = "";
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
      view.current = null;
    };
  }, [config]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock and a new map draw again too
  useEffect(() => view.current?.showOfficers(shown, selected), [shown, selected, now, config]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme is what changed
  useEffect(() => view.current?.restyle(), [scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new map needs the track again
  useEffect(() => {
    view.current?.showTrack(track, track.length > 0 && fitted.current !== trackKey);
    if (track.length > 0) fitted.current = trackKey;
  }, [track, trackKey, config]);
  useEffect(() => {
    if (selected && loaded) view.current?.goTo(selected);
  }, [selected, loaded]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the track, which moves the map too
  useEffect(() => view.current?.showStops(stops, stop), [stops, stop, track, config]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new map needs the dots again
  useEffect(() => {
    if (!clock) {
      view.current?.showReplay([], 0);
      return;
    }
    let drawn = 0;
    return clock.follow((second) => {
      const at = performance.now();
      if (clock.playing && at - drawn < REPLAY_FRAME_MS) return;
      drawn = at;
      view.current?.showReplay(ways, second);
    });
  }, [clock, ways, config, scheme]);

  return (
    <section
      ref={container}
      className={classes.map}
      aria-label={t("map.region")}
      data-testid="officer-map"
    />
  );
}
