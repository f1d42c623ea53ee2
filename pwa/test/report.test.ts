import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getMeta, type Reported, setMeta, type UserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { isDue } from "../src/sync/report";
import { FakeServer, problem } from "./fake-server";
import { freshStore, payment, put, registration } from "./fixtures";

let server: FakeServer;
let store: UserStore;

beforeEach(async () => {
  server = new FakeServer();
  store = await freshStore(server);
});
afterEach(() => vi.unstubAllGlobals());

const sync = () => runSync(store, { dataKey: null, byHand: true });

describe("telling the office what is left on the phone", () => {
  it("says how many wait, how many need the officer, and since when", async () => {
    const jane = registration();
    await put(store, jane);
    const [first] = await store.db.getAll("pending_operations");
    await put(store, payment(jane.memberId));
    server.judge = () => ({ outcome: "REJECTED", error: problem("ID_NUMBER_TAKEN") });
    await sync();
    expect(server.reports).toEqual([
      {
        deviceId: expect.any(String),
        waiting: 1,
        failed: 1,
        oldestAt: new Date(first?.timestamp ?? 0).toISOString(),
      },
    ]);
  });

  it("says once that nothing is left, and nothing where there never was anything", async () => {
    await sync();
    expect(server.reports).toEqual([]);
    await setMeta(store, "reported", { waiting: 1, failed: 0, oldestAt: 1, at: Date.now() });
    await sync();
    await sync();
    expect(server.reports).toEqual([
      expect.objectContaining({ waiting: 0, failed: 0, oldestAt: null }),
    ]);
  });

  it("does not fail a run, and is said again when the server took no report", async () => {
    await put(store, registration());
    server.judge = () => ({ outcome: "REJECTED", error: problem("ID_NUMBER_TAKEN") });
    server.refuseReports = true;
    expect(await sync()).toBeNull();
    expect(await getMeta(store, "reported")).toBeUndefined();
    server.refuseReports = false;
    await sync();
    expect(server.reports).toHaveLength(1);
  });

  it("says nothing without signal", async () => {
    await put(store, registration());
    server.fault = () => "lost request";
    expect(await sync()).toBe("offline");
    expect(server.reports).toEqual([]);
  });
});

describe("when a report is due", () => {
  const unsent = { waiting: 2, failed: 0, oldestAt: 1 };
  const said = (more: Partial<Reported> = {}): Reported => ({ ...unsent, at: 1_000_000, ...more });
  const after = (seconds: number) => 1_000_000 + seconds * 1000;

  it.each([
    ["nothing was said yet", unsent, null, 0, true],
    ["it has changed, but just now", unsent, said({ waiting: 1 }), 20, false],
    ["it has changed", unsent, said({ waiting: 1 }), 31, true],
    ["it is the same", unsent, said(), 600, false],
    ["it is the same as long ago", unsent, said(), 901, true],
    ["the clock has jumped back", unsent, said(), -5000, true],
    ["all is sent now", { waiting: 0, failed: 0, oldestAt: null }, said(), 1, true],
  ])("%s", (_case, now, last, seconds, due) => {
    expect(isDue(now, last, after(seconds))).toBe(due);
  });
});
