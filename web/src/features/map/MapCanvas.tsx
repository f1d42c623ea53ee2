import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useConfig } from "../../api/config";
import { t } from "../../i18n";
import classes from "./MapPage.module.css";
import { MapView } from "./map-view";
import type { Position, TrackPoint } from "./officers-api";

type Props = {
  officers: readonly Position[];
  selected: string | null;
  onSelect: (officerId: string) => void;
  track: readonly TrackPoint[];
  moment: TrackPoint | null;
  /** Changes with the clock, so that positions fade though nothing new arrives. */
  now: number;
};

/** React's side of the map: it owns the element and passes on what changed. */
export function MapCanvas({ officers, selected, onSelect, track, moment, now }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<MapView | null>(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  const config = useConfig();
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const created = new MapView(element, { config, onSelect: (id) => select.current(id) });
    view.current = created;
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
      view.current = null;
    };
  }, [config]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock and a new map draw again too
  useEffect(
    () => view.current?.showOfficers(officers, selected),
    [officers, selected, now, config],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme is what changed
  useEffect(() => view.current?.restyle(), [scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new map needs the track again
  useEffect(() => view.current?.showTrack(track), [track, config]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the track's drawing takes the mark away
  useEffect(() => view.current?.showMoment(moment), [moment, track, config]);
  useEffect(() => {
    if (selected) view.current?.goTo(selected);
  }, [selected]);

  return (
    <section
      ref={container}
      className={classes.map}
      aria-label={t("map.region")}
      data-testid="officer-map"
    />
  );
}
