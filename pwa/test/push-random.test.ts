/** Whatever the signal does, the books get each operation once and the phone knows it. */
import { afterEach, expect, it, vi } from "vitest";
import { runSync } from "../src/sync/engine";
import { resend } from "../src/sync/outbox";
import { FakeServer } from "./fake-server";
import { freshStore, payment, put, registration } from "./fixtures";

afterEach(() => vi.unstubAllGlobals());

/** mulberry32: small, seeded, good enough to choose faults. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FAULTS = ["lost request", "lost answer", "lost answer", 413, 500, 502, "INTERNAL"] as const;

it.each([1, 2, 3, 4, 5, 6, 7, 8])("seed %i", async (seed) => {
  const random = randomFrom(seed);
  const server = new FakeServer();
  const store = await freshStore(server);
  const made: string[] = [];
  const known: string[] = [];
  server.fault = () =>
    random() < 0.5 ? (FAULTS[Math.floor(random() * FAULTS.length)] ?? null) : null;

  for (let step = 0; step < 40; step += 1) {
    const dice = random();
    if (dice < 0.3 || known.length === 0) {
      const member = registration();
      await put(store, member);
      known.push(member.memberId);
      made.push(member.id);
    } else if (dice < 0.7) {
      const money = payment(known[Math.floor(random() * known.length)] ?? "");
      await put(store, money);
      made.push(money.id);
    } else if (dice < 0.8) {
      server.expireToken();
    } else {
      const runs = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        runSync(store, { dataKey: null, byHand: random() < 0.8 }),
      );
      await Promise.all(runs);
    }
  }

  server.fault = () => null;
  for (const record of await store.db.getAll("pending_operations")) await resend(store, record.id);
  expect(await runSync(store, { dataKey: null, byHand: true })).toBeNull();
  expect([...server.applied.keys()].sort()).toEqual([...made].sort());
  const records = await store.db.getAllFromIndex("pending_operations", "seq");
  expect(records.map((record) => record.id)).toEqual(made);
  expect(new Set(records.map((record) => record.status))).toEqual(new Set(["saved"]));
  expect(server.reuses).toBe(0);
});
