/** What time it is by the server, on a phone whose own clock cannot be trusted. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UserStore } from "../src/store/user-store";
import { FakeServer } from "./fake-server";
import { freshStore } from "./fixtures";

const NOON = Date.parse("2026-11-27T12:00:00Z");
const HOUR = 3_600_000;

let store: UserStore;

beforeEach(async () => {
  store = await freshStore(new FakeServer());
  vi.useFakeTimers({ toFake: ["Date", "performance"] });
  vi.setSystemTime(NOON);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page that has just been opened. */
async function freshPage() {
  vi.resetModules();
  return import("../src/sync/server-clock");
}

describe("the server's time", () => {
  it("is unknown until the server has said it", async () => {
    const page = await freshPage();
    page.hear(null);
    page.hear("soon");
    expect(page.lastHeard()).toBeNull();
    expect(await page.clockIsOff(store)).toBeNull();
  });

  it("goes on by the steady clock when the phone's is set", async () => {
    const page = await freshPage();
    page.hear(new Date(NOON).toUTCString());
    vi.advanceTimersByTime(HOUR);
    expect(await page.clockIsOff(store)).toBeNull();
    vi.setSystemTime(NOON + 9 * 24 * HOUR);
    expect(await page.serverNow(store)).toBe(NOON + HOUR);
    expect(await page.clockIsOff(store)).toEqual({
      phone: NOON + 9 * 24 * HOUR,
      server: NOON + HOUR,
    });
  });

  it("is remembered by a page that opens later without signal", async () => {
    const before = await freshPage();
    // The phone is two days ahead.
    before.hear(new Date(NOON - 48 * HOUR).toUTCString());
    await before.keepHeard(store);
    vi.advanceTimersByTime(5 * HOUR);
    const page = await freshPage();
    expect(await page.serverNow(store)).toBe(NOON - 43 * HOUR);
    expect(await page.clockIsOff(store)).not.toBeNull();
  });

  it("does not run backwards, and finds out a clock that was set back since", async () => {
    const before = await freshPage();
    before.hear(new Date(NOON).toUTCString());
    await before.keepHeard(store);
    vi.setSystemTime(NOON - 700 * 24 * HOUR);
    const page = await freshPage();
    expect(await page.serverNow(store)).toBe(NOON);
    expect(await page.clockIsOff(store)).toEqual({ phone: NOON - 700 * 24 * HOUR, server: NOON });
  });

  it("notices that the clock jumped while the page is open, also without signal", async () => {
    const before = await freshPage();
    before.hear(new Date(NOON).toUTCString());
    await before.keepHeard(store);
    const page = await freshPage();
    vi.setSystemTime(NOON + 7 * 24 * HOUR);
    expect(await page.clockIsOff(store)).not.toBeNull();
  });
});
