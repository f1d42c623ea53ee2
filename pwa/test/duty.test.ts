/** What is kept of an officer's way, as what, and how the battery is spared. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Position } from "../src/platform/geolocation";
import { activityNow, isDue, isLow, isRiding } from "../src/state/duty-rules";

const at = (seconds: number, latitude: number, accuracy = 10): Position => ({
  latitude,
  longitude: 36,
  accuracy,
  at: seconds * 1000,
});

describe("a position", () => {
  it("is kept every 30 seconds or 50 metres", () => {
    expect(isDue(null, at(0, -0.3))).toBe(true);
    expect(isDue(at(0, -0.3), at(29, -0.3))).toBe(false);
    expect(isDue(at(0, -0.3), at(30, -0.3))).toBe(true);
    // A thousandth of a degree is 111 m.
    expect(isDue(at(0, -0.3), at(5, -0.3004))).toBe(false);
    expect(isDue(at(0, -0.3), at(5, -0.3005))).toBe(true);
  });

  it("is kept more rarely with a low battery", () => {
    expect(isDue(at(0, -0.3), at(119, -0.301), true)).toBe(false);
    expect(isDue(at(0, -0.3), at(120, -0.3), true)).toBe(true);
    expect(isDue(at(0, -0.3), at(5, -0.302), true)).toBe(true);
  });
});

describe("the battery", () => {
  it("is low at 15 percent, unless it is charged or unknown", () => {
    expect(isLow({ level: 15, charging: false })).toBe(true);
    expect(isLow({ level: 16, charging: false })).toBe(false);
    expect(isLow({ level: 5, charging: true })).toBe(false);
    expect(isLow(null)).toBe(false);
  });
});

describe("what the officer does", () => {
  it("is a meeting while a group's book is open, whatever was chosen", () => {
    const found = activityNow("TRAVEL", "/meeting/0191e4b2", true);
    expect(found).toEqual({ activity: "GROUP_MEETING", reason: "meeting" });
  });

  it("is travel while moving faster than on foot", () => {
    expect(activityNow("MEMBER_VISIT", "/", true)).toEqual({
      activity: "TRAVEL",
      reason: "moving",
    });
  });

  it("is what was chosen otherwise, without a reason to give", () => {
    for (const path of ["/", "/meeting", "/members/1"]) {
      const found = activityNow("COLLECTION", path, false);
      expect(found).toEqual({ activity: "COLLECTION", reason: null });
    }
    expect(activityNow("TRAVEL", "/", true).reason).toBeNull();
    expect(activityNow("GROUP_MEETING", "/meeting/1", false).reason).toBeNull();
  });

  it("is no ride for a walk, a jump of the receiver, or a clock set back", () => {
    expect(isRiding(at(0, -0.3), at(30, -0.3005))).toBe(false);
    expect(isRiding(at(0, -0.3, 100), at(10, -0.302, 100))).toBe(false);
    expect(isRiding(at(30, -0.3), at(0, -0.31))).toBe(false);
    expect(isRiding(null, at(0, -0.3))).toBe(false);
    expect(isRiding(at(0, -0.3), at(30, -0.303))).toBe(true);
  });
});

describe("the screen", () => {
  const release = vi.fn(async () => undefined);
  const request = vi.fn(async () => ({ release }));
  const page = new EventTarget() as EventTarget & { visibilityState: string };

  beforeEach(() => {
    request.mockClear();
    release.mockClear();
    page.visibilityState = "visible";
    vi.stubGlobal("document", page);
    vi.stubGlobal("navigator", { wakeLock: { request } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("is kept on, again after another app was in front, and let go", async () => {
    const { keepAwake } = await import("../src/platform/wake-lock");
    const letGo = keepAwake();
    await vi.waitFor(() => expect(request).toHaveBeenCalledTimes(1));
    page.dispatchEvent(new Event("visibilitychange"));
    await vi.waitFor(() => expect(request).toHaveBeenCalledTimes(2));
    letGo();
    await vi.waitFor(() => expect(release).toHaveBeenCalled());
    page.dispatchEvent(new Event("visibilitychange"));
    expect(request).toHaveBeenCalledTimes(2);
  });

  it("goes dark as ever where the browser will not", async () => {
    const { keepAwake } = await import("../src/platform/wake-lock");
    request.mockRejectedValueOnce(new DOMException("low battery", "NotAllowedError"));
    expect(() => keepAwake()()).not.toThrow();
    vi.stubGlobal("navigator", {});
    expect(() => keepAwake()()).not.toThrow();
  });
});
