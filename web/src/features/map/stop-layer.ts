import L from "leaflet";
import { t } from "../../i18n";
import { timeText } from "../../lib/dates";
import type { Stop } from "./officer-day";
import { onPress } from "./press";

const SIZE_PX = 24;

/** The stops of a day as numbered buttons, the same numbers as in the list. */
export class StopLayer {
  private readonly group: L.LayerGroup;
  private markers: L.Marker[] = [];
  private shown: readonly Stop[] = [];

  constructor(
    private readonly map: L.Map,
    private readonly onChoose: (index: number) => void,
  ) {
    this.group = L.layerGroup().addTo(map);
  }

  show(stops: readonly Stop[], selected: number | null): void {
    if (stops !== this.shown) this.build(stops);
    this.markers.forEach((marker, index) => {
      const element = marker.getElement();
      element?.setAttribute("aria-pressed", String(index === selected));
      marker.setZIndexOffset(index === selected ? 1000 : 0);
    });
    const stop = selected === null ? undefined : stops[selected];
    if (stop) {
      const zoom = Math.max(this.map.getZoom(), 10);
      this.map.setView([stop.latitude, stop.longitude], zoom, { animate: false });
    }
  }

  private build(stops: readonly Stop[]): void {
    this.shown = stops;
    this.group.clearLayers();
    this.markers = stops.map((stop, index) => {
      const icon = L.divIcon({
        className: "officer-stop",
        iconSize: [SIZE_PX, SIZE_PX],
        html: String(index + 1),
      });
      const marker = L.marker([stop.latitude, stop.longitude], { icon }).addTo(this.group);
      const name = stop.group?.name ?? stop.member?.memberName ?? t("map.stopNowhere");
      const title = t("map.stopMark", { number: index + 1, name, time: timeText(stop.from) });
      marker.getElement()?.setAttribute("aria-label", title);
      marker.getElement()?.setAttribute("title", title);
      onPress(marker, () => this.onChoose(index));
      return marker;
    });
  }
}
