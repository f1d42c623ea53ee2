import type { GeoJsonObject } from "geojson";
import L, { type PathOptions } from "leaflet";
import type { AppConfig } from "../../api/config";
import counties from "../../gen/kenya-counties.json";
import { t } from "../../i18n";
import "./ground.css";
import { token } from "./token";

/** From here on the counties are large enough to be named. */
const NAMES_FROM_ZOOM = 8;

export const KENYA: L.LatLngBoundsLiteral = [
  [-4.75, 33.8],
  [4.7, 41.95],
];

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

/** The bounds of a county by its official name; all of Kenya where the outlines know none. */
export function boundsOf(name: string): L.LatLngBoundsExpression {
  const features = (counties as unknown as { features: GeoJSON.Feature[] }).features;
  const key = plainName(name);
  const found = features.find(({ properties }) => plainName(properties?.name ?? "") === key);
  return found ? L.geoJSON(found).getBounds() : KENYA;
}

/** "Nairobi City" is Nairobi; dashes and apostrophes are written in several ways. */
const plainName = (name: string) =>
  name
    .toLowerCase()
    .replace(/ city$/, "")
    .replace(/[^a-z]/g, "");

function countyStyle(overTiles: boolean): PathOptions {
  return {
    color: token("--line"),
    weight: 1,
    fillColor: token("--raised"),
    fillOpacity: overTiles ? 0 : 1,
    interactive: false,
  };
}
