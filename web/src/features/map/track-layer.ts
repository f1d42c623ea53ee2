import L from "leaflet";
import { trackStyle } from "./map-style";
import type { TrackPoint } from "./officers-api";

/** An officer's way through a day: a line and its points. */
export class TrackLayer {
  private readonly group: L.LayerGroup;
  private line: L.Polyline | null = null;

  constructor(private readonly map: L.Map) {
    this.group = L.layerGroup().addTo(map);
  }

  /** `fit`: another way than before, so the map goes there. */
  show(points: readonly TrackPoint[], fit: boolean): void {
    this.group.clearLayers();
    this.line = null;
    if (points.length === 0) return;
    this.line = L.polyline(points.map(toPlace), trackStyle()).addTo(this.group);
    for (const point of points) {
      L.circleMarker(toPlace(point), { ...trackStyle(), radius: 2, interactive: false }).addTo(
        this.group,
      );
    }
    if (fit) this.map.fitBounds(this.line.getBounds().pad(0.15), { maxZoom: 14, animate: false });
  }

  restyle(): void {
    this.line?.setStyle(trackStyle());
  }
}

function toPlace({ latitude, longitude }: TrackPoint): L.LatLngTuple {
  return [latitude, longitude];
}
