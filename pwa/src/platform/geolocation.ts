/** Positions from the phone. A native shell will put its own plugin behind the same functions. */
export interface Position {
  latitude: number;
  longitude: number;
  accuracy: number;
  at: number;
}

export type LocationProblem = "denied" | "unavailable";

const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 };

export function watchPosition(
  onPosition: (position: Position) => void,
  onProblem: (problem: LocationProblem) => void,
): () => void {
  if (!("geolocation" in navigator)) {
    onProblem("unavailable");
    return () => undefined;
  }
  const watch = navigator.geolocation.watchPosition(
    (found) => onPosition(read(found)),
    (error) => onProblem(problemOf(error)),
    OPTIONS,
  );
  return () => navigator.geolocation.clearWatch(watch);
}

export function currentPosition(): Promise<Position> {
  return new Promise((resolve, reject: (problem: LocationProblem) => void) => {
    if (!("geolocation" in navigator)) return reject("unavailable");
    navigator.geolocation.getCurrentPosition(
      (found) => resolve(read(found)),
      (error) => reject(problemOf(error)),
      // Where somebody lives does not move: a fix of the last minutes will do.
      { ...OPTIONS, maximumAge: 300_000 },
    );
  });
}

function read({ coords, timestamp }: GeolocationPosition): Position {
  const { latitude, longitude, accuracy } = coords;
  return { latitude, longitude, accuracy, at: timestamp };
}

function problemOf(error: GeolocationPositionError): LocationProblem {
  return error.code === error.PERMISSION_DENIED ? "denied" : "unavailable";
}

/** Metres between two places; the earth as a ball is exact enough for "has moved". */
export function distance(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const rad = Math.PI / 180;
  const x = (b.longitude - a.longitude) * rad * Math.cos(((a.latitude + b.latitude) / 2) * rad);
  const y = (b.latitude - a.latitude) * rad;
  return Math.hypot(x, y) * 6_371_000;
}
