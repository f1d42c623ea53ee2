/** One layer over what a browser and the Android package can do, with a bridge that plays Android. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Bridge, Position } from "../src/platform/platform";

type Callback = (data: unknown, error?: { code?: string; message?: string }) => void;

class FakeAndroid implements Bridge {
  calls: { plugin: string; method: string; options: Record<string, unknown> }[] = [];
  watchers = new Map<string, Callback>();
  answer: () => Promise<unknown> = async () => ({});

  isNativePlatform() {
    return true;
  }
  async nativePromise(plugin: string, method: string, options: object) {
    this.calls.push({ plugin, method, options: { ...options } });
    if (method === "removeWatcher") this.watchers.delete((options as { id: string }).id);
    return this.answer();
  }
  nativeCallback(plugin: string, method: string, options: object, callback: Callback) {
    this.calls.push({ plugin, method, options: { ...options } });
    const id = String(this.calls.length);
    this.watchers.set(id, callback);
    return id;
  }
}

async function load(native?: FakeAndroid) {
  vi.resetModules();
  vi.stubGlobal("Capacitor", native);
  const { platform } = await import("../src/platform/platform");
  const { watchPosition } = await import("../src/platform/geolocation");
  return { found: await platform(), watchPosition };
}

const notice = { title: "On duty", text: "Your position is shared with the office." };

afterEach(() => vi.unstubAllGlobals());

describe("in a browser", () => {
  it("is chosen where no Android shell is around, also where its web part alone is", async () => {
    expect((await load()).found).toMatchObject({ name: "web", background: false });
    const web = new FakeAndroid();
    web.isNativePlatform = () => false;
    expect((await load(web)).found.name).toBe("web");
  });

  it("asks the receiver for less with a low battery, and stops at once", async () => {
    const watch = vi.fn((..._given: unknown[]) => 7);
    const clearWatch = vi.fn();
    const { watchPosition } = await load();
    vi.stubGlobal("navigator", { geolocation: { watchPosition: watch, clearWatch } });
    const given = { onPosition: vi.fn(), onProblem: vi.fn(), notice };
    const stop = watchPosition({ ...given, saving: true });
    await vi.waitFor(() => expect(watch).toHaveBeenCalled());
    expect(watch.mock.calls[0]?.[2]).toMatchObject({ enableHighAccuracy: false });
    stop();
    expect(clearWatch).toHaveBeenCalledWith(7);
    // Stopped before the platform was known: nothing is begun.
    watchPosition({ ...given, saving: false })();
    await Promise.resolve();
    expect(watch).toHaveBeenCalledTimes(1);
  });

  it("says so where there are no positions", async () => {
    const { watchPosition } = await load();
    vi.stubGlobal("navigator", {});
    const onProblem = vi.fn();
    watchPosition({ onPosition: vi.fn(), onProblem, notice, saving: false });
    await vi.waitFor(() => expect(onProblem).toHaveBeenCalledWith("unavailable"));
  });
});

describe("in the Android package", () => {
  it("takes positions in the background, under a notice that says so", async () => {
    const native = new FakeAndroid();
    const { found, watchPosition } = await load(native);
    expect(found).toMatchObject({ name: "android", background: true });
    const positions: Position[] = [];
    const problems: string[] = [];
    const stop = watchPosition({
      onPosition: (position) => positions.push(position),
      onProblem: (problem) => problems.push(problem),
      notice,
      saving: false,
    });
    await vi.waitFor(() => expect(native.watchers.size).toBe(1));
    expect(native.calls[0]).toMatchObject({
      plugin: "BackgroundGeolocation",
      method: "addWatcher",
      options: { backgroundTitle: notice.title, backgroundMessage: notice.text, stale: false },
    });
    const [callback] = [...native.watchers.values()];
    callback?.({ latitude: -0.3, longitude: 36, accuracy: 8, time: 5, speed: null });
    callback?.(null, { code: "NOT_AUTHORIZED" });
    callback?.(null, { code: "OTHER" });
    expect(positions).toEqual([{ latitude: -0.3, longitude: 36, accuracy: 8, at: 5 }]);
    expect(problems).toEqual(["denied", "unavailable"]);
    stop();
    expect(native.watchers.size).toBe(0);
  });

  it("takes a picture with the phone's camera and leaves none in its gallery", async () => {
    const native = new FakeAndroid();
    native.answer = async () => ({ base64String: btoa("JPEG"), format: "jpeg" });
    const { found } = await load(native);
    const photo = await found.takePhoto?.();
    expect([photo?.type, await photo?.text()]).toEqual(["image/jpeg", "JPEG"]);
    expect(native.calls[0]).toMatchObject({
      plugin: "Camera",
      method: "getPhoto",
      options: { source: "CAMERA", saveToGallery: false },
    });
  });

  it("takes a change of mind for no picture, and a fault for a fault", async () => {
    const native = new FakeAndroid();
    const { found } = await load(native);
    native.answer = () => Promise.reject(new Error("User cancelled photos app"));
    expect(await found.takePhoto?.()).toBeNull();
    native.answer = () => Promise.reject(new Error("no space"));
    await expect(found.takePhoto?.()).rejects.toThrow("no space");
  });
});
