/** Positions as a browser gives them: only while the page is in front. */
import type { LocationProblem, Platform, Position } from "./platform";

export const OPTIONS: PositionOptions = {
  enableHighAccuracy: true,
  maximumAge: 10_000,
  timeout: 30_000,
};
/** The mobile network knows about where the phone is, without the satellite receiver. */
const SAVING: PositionOptions = { ...OPTIONS, enableHighAccuracy: false, maximumAge: 60_000 };

export const web: Platform = {
  name: "web",
  background: false,
  watchPosition({ onPosition, onProblem, saving }) {
    if (!("geolocation" in navigator)) {
      onProblem("unavailable");
      return () => undefined;
    }
    const watch = navigator.geolocation.watchPosition(
      (found) => onPosition(read(found)),
      (error) => onProblem(problemOf(error)),
      saving ? SAVING : OPTIONS,
    );
    return () => navigator.geolocation.clearWatch(watch);
  },
};

export function read({ coords, timestamp }: GeolocationPosition): Position {
  const { latitude, longitude, accuracy } = coords;
  return { latitude, longitude, accuracy, at: timestamp };
}

export function problemOf(error: GeolocationPositionError): LocationProblem {
  return error.code === error.PERMISSION_DENIED ? "denied" : "unavailable";
}
