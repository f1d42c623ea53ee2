import L from "leaflet";
import { escapeText } from "./label-text";
import { replayStyle } from "./map-style";
import { placeAt, type Way } from "./way";

const MOST_LABELS = 12;

/** Where everybody was at a moment of the day: one dot for each, moved in place. */
export class ReplayLayer {
  private readonly group: L.LayerGroup;
  private readonly dots = new Map<string, { dot: L.CircleMarker; look: string }>();

  constructor(
    map: L.Map,
    private readonly onSelect: (officerId: string) => void,
  ) {
    this.group = L.layerGroup().addTo(map);
  }

  show(ways: readonly Way[], second: number): void {
    const there = new Set<string>();
    for (const way of ways) {
      const at = placeAt(way, second);
      if (!at) continue;
      there.add(way.officerId);
      const place: L.LatLngTuple = [at.latitude, at.longitude];
      const look = `${at.activity} ${at.known}`;
      const drawn = this.dots.get(way.officerId) ?? this.add(way, place, ways.length);
      if (!drawn.dot.getLatLng().equals(place)) drawn.dot.setLatLng(place);
      if (drawn.look === look) continue;
      drawn.look = look;
      drawn.dot.setStyle(replayStyle(at.activity, at.known));
    }
    for (const [id, { dot }] of this.dots) {
      if (there.has(id)) continue;
      dot.remove();
      this.dots.delete(id);
    }
  }

  /** Other colours: drawn anew with the next moment. */
  restyle(): void {
    for (const drawn of this.dots.values()) drawn.look = "";
  }

  private add(way: Way, place: L.LatLngTuple, count: number) {
    const dot = L.circleMarker(place).addTo(this.group);
    dot.bindTooltip(escapeText(way.name), {
      permanent: count <= MOST_LABELS,
      direction: "right",
      offset: [10, 0],
      className: "officer-label",
    });
    dot.on("click", () => this.onSelect(way.officerId));
    const drawn = { dot, look: "" };
    this.dots.set(way.officerId, drawn);
    return drawn;
  }
}
