/**
 * The Android package: positions in the background by @capacitor-community/background-geolocation,
 * pictures by @capacitor/camera. They are called over the bridge itself, which the shell puts into
 * the page: so the app that browsers load is the one that the shell loads, without their packages.
 */
import type { Bridge, Platform } from "./platform";

const POSITIONS = "BackgroundGeolocation";
const CAMERA = "Camera";
/** Metres that the officer must have moved before Android wakes the app. */
const MOVED_M = 20;
const MOVED_SAVING_M = 100;
const LONG_SIDE = 1600;
const QUALITY = 85;

interface Found {
  latitude: number;
  longitude: number;
  accuracy: number;
  time: number | null;
}

export function android(bridge: Bridge): Platform {
  return {
    name: "android",
    background: true,
    watchPosition({ onPosition, onProblem, saving, notice }) {
      const options = {
        backgroundTitle: notice.title,
        backgroundMessage: notice.text,
        requestPermissions: true,
        stale: false,
        distanceFilter: saving ? MOVED_SAVING_M : MOVED_M,
      };
      const id = bridge.nativeCallback(POSITIONS, "addWatcher", options, (data, error) => {
        if (error) onProblem(error.code === "NOT_AUTHORIZED" ? "denied" : "unavailable");
        else if (data) onPosition(read(data as Found));
      });
      return () => {
        void bridge.nativePromise(POSITIONS, "removeWatcher", { id }).catch(() => undefined);
      };
    },
    takePhoto: () => takePhoto(bridge),
  };
}

const read = ({ latitude, longitude, accuracy, time }: Found) => ({
  latitude,
  longitude,
  accuracy,
  at: time ?? Date.now(),
});

async function takePhoto(bridge: Bridge): Promise<Blob | null> {
  const options = {
    source: "CAMERA",
    resultType: "base64",
    quality: QUALITY,
    width: LONG_SIDE,
    height: LONG_SIDE,
    correctOrientation: true,
    // It holds a member's ID: it belongs into the sealed outbox, not among the phone's pictures.
    saveToGallery: false,
  };
  try {
    const photo = await bridge.nativePromise(CAMERA, "getPhoto", options);
    const { base64String, format } = photo as { base64String: string; format: string };
    const bytes = Uint8Array.from(atob(base64String), (letter) => letter.charCodeAt(0));
    return new Blob([bytes], { type: `image/${format}` });
  } catch (error) {
    if (/cancel/i.test((error as { message?: string }).message ?? "")) return null;
    throw error;
  }
}
