/**
 * What the phone can do differs between a browser and the Android package (docs/android.md). Both
 * stand behind one interface; which one it is shows at run time, since both run the same app.
 */
import { web } from "./web";

export interface Position {
  latitude: number;
  longitude: number;
  /** Metres. */
  accuracy: number;
  /** Milliseconds, by the phone's clock. */
  at: number;
}

export type LocationProblem = "denied" | "unavailable";

export interface Watch {
  onPosition: (position: Position) => void;
  onProblem: (problem: LocationProblem) => void;
  /** The battery is low: coarser and rarer will do. */
  saving: boolean;
  /** What Android shows as long as positions are taken in the background. */
  notice: { title: string; text: string };
}

export interface Platform {
  name: "web" | "android";
  /** Positions go on while another app is in front and while the screen is dark. */
  background: boolean;
  watchPosition(watch: Watch): () => void;
  /** The phone's own camera; null where the officer gave up. Absent in a browser. */
  takePhoto?: () => Promise<Blob | null>;
}

/** As Capacitor's native side puts it into the page, before any script of ours. */
export interface Bridge {
  isNativePlatform(): boolean;
  nativePromise(plugin: string, method: string, options: object): Promise<unknown>;
  /** Gives the id of the callback. */
  nativeCallback(
    plugin: string,
    method: string,
    options: object,
    callback: (data: unknown, error?: { code?: string; message?: string }) => void,
  ): string;
}

export function bridge(): Bridge | null {
  const found = (globalThis as { Capacitor?: Bridge }).Capacitor;
  return found?.isNativePlatform() ? found : null;
}

let chosen: Promise<Platform> | null = null;

/** Asked for once. The Android part costs a browser nothing: it is never fetched there. */
export function platform(): Promise<Platform> {
  chosen ??= choose();
  return chosen;
}

async function choose(): Promise<Platform> {
  const native = bridge();
  if (!native) return web;
  try {
    return (await import("./android")).android(native);
  } catch {
    // Not fetched: what a browser can do, this one can too.
    chosen = null;
    return web;
  }
}
