/** A point on the map as people copy it from a map: "-0.28330, 36.06670". */
export type Point = { latitude: number; longitude: number };

export function pointText(point: unknown): string {
  if (Array.isArray(point) && point.length === 2) {
    return pointText({ latitude: point[0], longitude: point[1] });
  }
  if (typeof point !== "object" || point === null) return "";
  const { latitude, longitude } = point as Partial<Point>;
  if (typeof latitude !== "number" || typeof longitude !== "number") return "";
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

export function parsePoint(text: string): Point | null {
  const found =
    /^\s*([-\u2212]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([-\u2212]?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (!found) return null;
  const [latitude = Number.NaN, longitude = Number.NaN] = found
    .slice(1)
    .map((part) => Number(part.replace("\u2212", "-")));
  const onGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onGlobe ? { latitude, longitude } : null;
}
