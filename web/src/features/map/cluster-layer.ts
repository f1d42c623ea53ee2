import L from "leaflet";
import { t } from "../../i18n";
import { onPress } from "./press";

export type Cluster = { id: number; count: number; place: L.LatLngTuple };

const SIZE_PX = 32;

/**
 * The clusters, as buttons. A frame moves the ones that stand there instead of making new ones: a
 * button that is being clicked, or has the focus, must not vanish under the finger.
 */
export class ClusterLayer {
  private readonly group: L.LayerGroup;
  private readonly markers: L.Marker[] = [];
  private shown: readonly Cluster[] = [];

  constructor(
    map: L.Map,
    private readonly onOpen: (cluster: Cluster) => void,
  ) {
    this.group = L.layerGroup().addTo(map);
  }

  draw(clusters: readonly Cluster[]): void {
    this.shown = clusters;
    clusters.forEach((cluster, index) => {
      const marker = this.markers[index] ?? this.addMarker(index);
      if (!marker.getLatLng().equals(cluster.place)) marker.setLatLng(cluster.place);
      const title = t("map.cluster", { count: cluster.count });
      const element = marker.getElement();
      if (!element || element.title === title) return;
      element.textContent = String(cluster.count);
      element.title = title;
      element.setAttribute("aria-label", title);
    });
    for (const marker of this.markers.splice(clusters.length)) marker.remove();
  }

  private addMarker(index: number): L.Marker {
    const icon = L.divIcon({ className: "officer-cluster", iconSize: [SIZE_PX, SIZE_PX] });
    const marker = L.marker([0, 0], { icon }).addTo(this.group);
    onPress(marker, () => {
      const cluster = this.shown[index];
      if (cluster) this.onOpen(cluster);
    });
    this.markers[index] = marker;
    return marker;
  }
}
