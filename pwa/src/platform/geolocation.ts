/** Where the phone is, now or from now on, and how far it has come. */
import { type LocationProblem, type Position, platform, type Watch } from "./platform";
import { OPTIONS, problemOf, read } from "./web";

export type { LocationProblem, Position } from "./platform";

/** Positions until the returned function is called. */
export function watchPosition(watch: Watch): () => void {
  let stop: (() => void) | null = null;
  let ended = false;
  void platform().then((found) => {
    if (!ended) stop = found.watchPosition(watch);
  });
  return () => {
    ended = true;
    stop?.();
  };
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

type Place = Pick<Position, "latitude" | "longitude">;

/** Metres between two places; the earth as a ball is exact enough for "has moved". */
export function distance(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const x = (b.longitude - a.longitude) * rad * Math.cos(((a.latitude + b.latitude) / 2) * rad);
  const y = (b.latitude - a.latitude) * rad;
  return Math.hypot(x, y) * 6_371_000;
}
