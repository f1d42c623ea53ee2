/**
 * The Leaflet map, driven by hand: React hands it positions once a frame and never renders inside
 * it. All dots share one canvas; dense places become clusters, which are few, and buttons.
 */
import "leaflet/dist/leaflet.css";
import L from "leaflet";
import Supercluster from "supercluster";
import type { AppConfig } from "../../api/config";
import { KENYA, showCounties } from "../../components/map/county-layer";
import { type Cluster, ClusterLayer } from "./cluster-layer";
import { escapeText } from "./label-text";
import { dotStyle, haloStyle } from "./map-style";
import type { Stop } from "./officer-day";
import type { Position, TrackPoint } from "./officers-api";
import { ReplayLayer } from "./replay-layer";
import { StopLayer } from "./stop-layer";
import { TrackLayer } from "./track-layer";
import type { Way } from "./way";

type Options = {
  config: AppConfig;
  onSelect: (officerId: string) => void;
  onStop: (index: number) => void;
};
export type Shown = { positions: readonly Position[]; unsent: ReadonlySet<string> };
type Index = Supercluster<{ id: string }>;

const CLUSTER_RADIUS_PX = 44;
const WIDEST_ZOOM = 5;
const DEEPEST_CLUSTER = 12;
const DEEPEST_ZOOM = 18;
/** Names beside the dots help while there are few; a crowd of them hides the map. */
const MOST_LABELS = 30;
const LETTER_PX = 7;

export class MapView {
  private readonly map: L.Map;
  private readonly dots = new Map<string, L.CircleMarker>();
  private readonly halos = new Map<string, L.CircleMarker>();
  private readonly clusters: ClusterLayer;
  private readonly stops: StopLayer;
  private readonly replay: ReplayLayer;
  private readonly track: TrackLayer;
  private readonly restyleCounties: () => void;
  private index: Index = newIndex().load([]);
  private positions = new Map<string, Position>();
  private unsent: ReadonlySet<string> = new Set();
  private selected: string | null = null;
  private due: ReturnType<typeof setTimeout> | undefined;

  constructor(
    container: HTMLElement,
    private readonly options: Options,
  ) {
    this.map = L.map(container, {
      preferCanvas: true,
      minZoom: WIDEST_ZOOM,
      maxZoom: DEEPEST_ZOOM,
      // Outlines fit the window at any zoom; tiles are sharp at whole ones only.
      zoomSnap: options.config.tileUrl ? 1 : 0.25,
    });
    this.map.attributionControl.setPrefix(false);
    this.map.fitBounds(KENYA);
    this.restyleCounties = showCounties(this.map, options.config);
    this.track = new TrackLayer(this.map);
    this.stops = new StopLayer(this.map, (index) => options.onStop(index));
    this.replay = new ReplayLayer(this.map, (id) => options.onSelect(id));
    this.clusters = new ClusterLayer(this.map, (cluster) => this.openCluster(cluster));
    this.map.on("moveend", () => this.draw());
  }

  destroy(): void {
    clearTimeout(this.due);
    this.map.remove();
  }

  resize(): void {
    this.map.invalidateSize({ animate: false });
  }

  /** Light or dark was chosen: the canvas does not follow CSS variables by itself. */
  restyle(): void {
    this.restyleCounties();
    this.track.restyle();
    this.replay.restyle();
    this.draw();
  }

  /** Drawn in a task of its own: what comes while the page is drawn (the phones) is one drawing. */
  showOfficers({ positions, unsent }: Shown, selected: string | null): void {
    this.unsent = unsent;
    this.positions = new Map(positions.map((position) => [position.officer.id, position]));
    this.selected = selected;
    clearTimeout(this.due);
    this.due = setTimeout(() => this.cluster(positions));
  }

  private cluster(positions: readonly Position[]): void {
    this.index = newIndex();
    // The chosen officer stands alone, never inside a cluster.
    this.index.load(positions.filter((at) => at.officer.id !== this.selected).map(toFeature));
    this.draw();
  }

  goTo(officerId: string): void {
    const at = this.positions.get(officerId);
    if (!at) return;
    const zoom = Math.max(this.map.getZoom(), 9);
    // Without a flight: it would still be under way when the track comes, and end over it.
    this.map.setView([at.latitude, at.longitude], zoom, { animate: false });
  }

  showTrack(points: readonly TrackPoint[], fit: boolean): void {
    this.track.show(points, fit);
  }

  showStops(stops: readonly Stop[], selected: number | null): void {
    this.stops.show(stops, selected);
  }

  showReplay(ways: readonly Way[], second: number): void {
    this.replay.show(ways, second);
  }

  private draw(): void {
    const bounds = this.map.getBounds().pad(0.2);
    const box: [number, number, number, number] = [
      bounds.getWest(),
      bounds.getSouth(),
      bounds.getEast(),
      bounds.getNorth(),
    ];
    const alone = new Set(
      this.selected && this.positions.has(this.selected) ? [this.selected] : [],
    );
    const clusters: Cluster[] = [];
    for (const { properties, geometry } of this.index.getClusters(
      box,
      Math.round(this.map.getZoom()),
    )) {
      const [longitude = 0, latitude = 0] = geometry.coordinates;
      if ("cluster" in properties) {
        const { cluster_id: id, point_count: count } = properties;
        clusters.push({ id, count, place: [latitude, longitude] });
      } else alone.add(properties.id);
    }
    this.clusters.draw(clusters);
    this.drawDots(alone);
  }

  private drawDots(alone: ReadonlySet<string>): void {
    for (const [id, dot] of this.dots) {
      if (alone.has(id)) continue;
      dot.remove();
      this.dots.delete(id);
    }
    for (const [id, halo] of this.halos) {
      if (alone.has(id) && this.unsent.has(id)) continue;
      halo.remove();
      this.halos.delete(id);
    }
    const now = Date.now();
    const labelled = this.chooseLabels(alone);
    for (const id of alone) {
      const position = this.positions.get(id);
      if (position) this.drawDot(position, now, labelled.has(id));
    }
  }

  /** Names that would lie over each other are left out; pointing at the dot still shows them. */
  private chooseLabels(alone: ReadonlySet<string>): Set<string> {
    const chosen = new Set<string>();
    if (alone.size > MOST_LABELS) return chosen;
    const taken: L.Bounds[] = [];
    // The chosen officer first, then always the same order, so that names do not flicker.
    const order = [...alone].sort((a, b) =>
      a === this.selected ? -1 : b === this.selected ? 1 : a.localeCompare(b),
    );
    for (const id of order) {
      const at = this.positions.get(id);
      if (!at) continue;
      const corner = this.map.latLngToContainerPoint([at.latitude, at.longitude]);
      const width = at.officer.user.name.length * LETTER_PX + 20;
      const box = L.bounds(corner.subtract([10, 10]), corner.add([width, 10]));
      if (taken.some((other) => other.overlaps(box))) continue;
      taken.push(box);
      chosen.add(id);
    }
    return chosen;
  }

  private drawDot(position: Position, now: number, labelled: boolean): void {
    const id = position.officer.id;
    const style = dotStyle(position, now, id === this.selected);
    const place: L.LatLngTuple = [position.latitude, position.longitude];
    let dot = this.dots.get(id);
    if (dot) {
      // Only what changed: each of these asks the canvas to paint that spot again.
      if (!dot.getLatLng().equals(place)) dot.setLatLng(place);
      if (!sameStyle(dot.options, style)) dot.setStyle(style);
    } else {
      dot = L.circleMarker(place, style).addTo(this.map);
      dot.on("click", () => this.options.onSelect(id));
      this.dots.set(id, dot);
    }
    if (this.unsent.has(id)) this.drawHalo(id, place);
    if (dot.getTooltip()?.options.permanent !== labelled) {
      dot.unbindTooltip().bindTooltip(escapeText(position.officer.user.name), {
        permanent: labelled,
        direction: "right",
        offset: [10, 0],
        className: "officer-label",
      });
    }
  }

  private drawHalo(id: string, place: L.LatLngTuple): void {
    const halo = this.halos.get(id);
    if (!halo) this.halos.set(id, L.circleMarker(place, haloStyle()).addTo(this.map));
    else if (!halo.getLatLng().equals(place)) halo.setLatLng(place);
  }

  private openCluster({ id, place }: Cluster): void {
    const zoom = Math.min(this.index.getClusterExpansionZoom(id), DEEPEST_ZOOM);
    this.map.setView(place, zoom, { animate: motionAllowed() });
  }
}

function newIndex(): Index {
  return new Supercluster<{ id: string }>({
    radius: CLUSTER_RADIUS_PX,
    minZoom: WIDEST_ZOOM,
    maxZoom: DEEPEST_CLUSTER,
  });
}

function toFeature({ officer, longitude, latitude }: Position) {
  return {
    type: "Feature" as const,
    properties: { id: officer.id },
    geometry: { type: "Point" as const, coordinates: [longitude, latitude] },
  };
}

function sameStyle(a: L.CircleMarkerOptions, b: L.CircleMarkerOptions): boolean {
  return (
    a.color === b.color &&
    a.opacity === b.opacity &&
    a.radius === b.radius &&
    a.dashArray === b.dashArray &&
    a.fillColor === b.fillColor
  );
}

function motionAllowed(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
