import L from "leaflet";
import { token, trackStyle } from "./map-style";
import type { TrackPoint } from "./officers-api";

/** An officer's way through a day: a line, its points, and the moment the replay stands at. */
export class TrackLayer {
  private readonly group: L.LayerGroup;
  private line: L.Polyline | null = null;
  private moment: L.CircleMarker | null = null;

  constructor(private readonly map: L.Map) {
    this.group = L.layerGroup().addTo(map);
  }

  show(points: readonly TrackPoint[]): void {
    this.group.clearLayers();
    this.line = null;
    this.moment = null;
    if (points.length === 0) return;
    this.line = L.polyline(points.map(toPlace), trackStyle()).addTo(this.group);
    for (const point of points) {
      L.circleMarker(toPlace(point), { ...trackStyle(), radius: 2, interactive: false }).addTo(
        this.group,
      );
    }
    this.map.fitBounds(this.line.getBounds().pad(0.15), { maxZoom: 14, animate: false });
  }

  mark(point: TrackPoint | null): void {
    this.moment?.remove();
    this.moment = null;
    if (!point) return;
    this.moment = L.circleMarker(toPlace(point), {
      radius: 9,
      weight: 3,
      color: token("--raised"),
      fillColor: token("--primary"),
      fillOpacity: 1,
      interactive: false,
    }).addTo(this.group);
  }

  restyle(): void {
    this.line?.setStyle(trackStyle());
  }
}

function toPlace({ latitude, longitude }: TrackPoint): L.LatLngTuple {
  return [latitude, longitude];
}
