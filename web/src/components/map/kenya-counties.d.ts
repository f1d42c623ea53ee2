/** Written by scripts/build-kenya.mjs; declared here so that types are checked without a build. */
declare module "*/kenya-counties.json" {
  const counties: GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;
  export default counties;
}
