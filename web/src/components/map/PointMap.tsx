/** A small map on which one point is picked: by a click, or by moving it and taking its middle. */
import "leaflet/dist/leaflet.css";
import { Button, useComputedColorScheme } from "@mantine/core";
import L from "leaflet";
import { useEffect, useRef } from "react";
import { useConfig } from "../../api/config";
import { t } from "../../i18n";
import type { Point } from "../../lib/point-text";
import { boundsOf, showCounties } from "./county-layer";
import classes from "./PointMap.module.css";
import { token } from "./token";

type Props = {
  point: Point | null;
  county: string;
  onPick: (point: Point) => void;
  testId: string;
};

const NEAR_ZOOM = 13;
const MARK_PX = 9;

export default function PointMap(props: Props) {
  const { point, county, testId } = props;
  const container = useRef<HTMLElement>(null);
  const map = useRef<L.Map | null>(null);
  const mark = useRef<L.CircleMarker | null>(null);
  const picks = useRef(props.onPick);
  picks.current = props.onPick;
  const start = useRef({ point, county });
  const config = useConfig();
  const scheme = useComputedColorScheme("light");

  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours draw the map anew
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const made = L.map(element, { minZoom: 5, maxZoom: 18 });
    made.attributionControl.setPrefix(false);
    showCounties(made, config);
    const { point: from, county: within } = start.current;
    if (from) made.setView([from.latitude, from.longitude], NEAR_ZOOM, { animate: false });
    else made.fitBounds(boundsOf(within), { animate: false });
    made.on("click", ({ latlng }) => picks.current(asPoint(latlng)));
    map.current = made;
    mark.current = null;
    return () => {
      start.current = { ...start.current, point: asPoint(made.getCenter()) };
      map.current = null;
      made.remove();
    };
  }, [config, scheme]);

  const { latitude, longitude } = point ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again on a map that is made anew
  useEffect(() => {
    mark.current?.remove();
    if (latitude === undefined || longitude === undefined || !map.current) return;
    mark.current = L.circleMarker([latitude, longitude], markStyle()).addTo(map.current);
  }, [latitude, longitude, config, scheme]);

  const takeMiddle = () => map.current && props.onPick(asPoint(map.current.getCenter()));
  return (
    <div className={classes.frame}>
      <p className={classes.how}>{t("point.how")}</p>
      <div className={classes.window}>
        <section
          ref={container}
          className={classes.map}
          aria-label={t("point.map")}
          data-testid={`${testId}-canvas`}
        />
        <span className={classes.cross} aria-hidden />
      </div>
      <Button variant="default" onClick={takeMiddle} data-testid={`${testId}-middle`}>
        {t("point.middle")}
      </Button>
    </div>
  );
}

const asPoint = ({ lat, lng }: L.LatLng): Point => ({ latitude: lat, longitude: lng });

const markStyle = (): L.CircleMarkerOptions => ({
  radius: MARK_PX,
  color: token("--raised"),
  weight: 2,
  fillColor: token("--primary"),
  fillOpacity: 1,
  interactive: false,
});
