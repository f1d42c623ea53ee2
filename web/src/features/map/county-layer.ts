import type { GeoJsonObject } from "geojson";
import L from "leaflet";
import type { AppConfig } from "../../api/config";
import counties from "../../gen/kenya-counties.json";
import { t } from "../../i18n";
import { countyStyle } from "./map-style";

/** From here on the counties are large enough to be named. */
const NAMES_FROM_ZOOM = 8;

/** The ground: tiles where the deployment has a tile server, and always the bundled outlines. */
export function showCounties(map: L.Map, config: AppConfig): () => void {
  if (config.tileUrl) {
    L.tileLayer(config.tileUrl, { attribution: config.tileAttribution ?? undefined }).addTo(map);
  }
  const overTiles = Boolean(config.tileUrl);
  const layer = L.geoJSON(counties as unknown as GeoJsonObject, {
    style: () => countyStyle(overTiles),
    interactive: false,
    attribution: t("map.attribution"),
  }).addTo(map);
  if (!overTiles) nameCounties(map, layer);
  return () => layer.setStyle(countyStyle(overTiles));
}

function nameCounties(map: L.Map, layer: L.GeoJSON): void {
  const names = L.layerGroup();
  layer.eachLayer((county) => {
    const polygon = county as L.Polygon;
    const center = polygon.getBounds().getCenter();
    L.tooltip(center, {
      content: polygon.feature?.properties.name,
      permanent: true,
      direction: "center",
      className: "county-name",
    }).addTo(names);
  });
  const toggle = () => {
    if (map.getZoom() >= NAMES_FROM_ZOOM) names.addTo(map);
    else names.remove();
  };
  map.on("zoomend", toggle);
  toggle();
}
