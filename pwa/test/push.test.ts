import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { importDataKey, seal } from "../src/store/crypto";
import { getMeta, setMeta, type UserStore } from "../src/store/user-store";
import { backoffDelay, runSync } from "../src/sync/engine";
import {
  editOperation,
  NotEditable,
  purgeSettled,
  readOutbox,
  removeOperation,
  resend,
} from "../src/sync/outbox";
import { push } from "../src/sync/push";
import { FakeServer, problem } from "./fake-server";
import { freshStore, GROUP, payment, put, registration, statuses } from "./fixtures";

let server: FakeServer;
let store: UserStore;

beforeEach(async () => {
  server = new FakeServer();
  store = await freshStore(server);
});
afterEach(() => vi.unstubAllGlobals());

const DAY = 86_400_000;
const sync = () => runSync(store, { dataKey: null, byHand: true });

describe("pushing the outbox", () => {
  it("sends everything in one batch, in the order of making", async () => {
    const jane = registration();
    const money = [payment(jane.memberId), payment(jane.memberId, "20.00")];
    await put(store, jane);
    await put(store, ...money);
    expect(await sync()).toBeNull();
    expect(server.batches).toEqual([[jane.id, ...money.map((row) => row.id)]]);
    expect(await statuses(store)).toEqual(["saved", "saved", "saved"]);
  });

  it("sends again under the same id when the answer was lost, and nothing is applied twice", async () => {
    const jane = registration();
    await put(store, jane, payment(jane.memberId));
    server.fault = () => "lost answer";
    expect(await sync()).toBe("offline");
    expect(await statuses(store)).toEqual(["waiting", "waiting"]);
    server.fault = () => null;
    expect(await sync()).toBeNull();
    expect(server.batches[0]).toEqual(server.batches[1]);
    expect(server.applied.size).toBe(2);
    expect(await statuses(store)).toEqual(["saved", "saved"]);
  });

  it.each([
    ["no answer", () => Promise.reject(new TypeError("network")), "offline"],
    ["503", () => Promise.resolve(new Response("down", { status: 503 })), "server"],
    ["500", () => Promise.resolve(new Response("down", { status: 500 })), "server"],
  ] as const)(
    "keeps open to correction what had no token to go with: %s",
    async (_, fail, problem) => {
      const jane = registration();
      await put(store, jane);
      server.expireToken();
      const whole = server.fetch;
      vi.stubGlobal("fetch", (url: unknown, init?: RequestInit) =>
        String(init?.body).includes("refreshToken(") ? fail() : whole(url, init),
      );
      for (let run = 0; run < 6; run += 1) expect(await sync()).toBe(problem);
      const [record] = await store.db.getAll("pending_operations");
      expect(record).toMatchObject({ status: "waiting", uncertain: false, tries: 0 });
      await editOperation(store, jane.id, jane.body);
      vi.stubGlobal("fetch", whole);
      expect(await sync()).toBeNull();
      expect(await statuses(store)).toEqual(["saved"]);
    },
  );

  it("takes a good answer that was cut off for one that got lost", async () => {
    const jane = registration();
    await put(store, jane);
    server.fault = () => "half an answer";
    expect(await sync()).toBe("server");
    expect(await statuses(store)).toEqual(["waiting"]);
    await expect(editOperation(store, jane.id, jane.body)).rejects.toThrow(NotEditable);
    server.fault = () => null;
    expect(await sync()).toBeNull();
    expect(server.applied.size).toBe(1);
  });

  it("counts as on the server only what is", async () => {
    const jane = registration();
    const refusedOne = registration();
    await put(store, jane, refusedOne);
    server.judge = (id) =>
      id === refusedOne.id ? { outcome: "REJECTED", error: problem("ID_NUMBER_TAKEN") } : null;
    expect((await push(store)).sent).toBe(1);
  });

  it("lets nobody change what may be in the books already", async () => {
    const jane = registration();
    await put(store, jane);
    server.fault = () => "lost answer";
    await sync();
    await expect(editOperation(store, jane.id, jane.body)).rejects.toThrow(NotEditable);
    await expect(removeOperation(store, jane.id, "mistyped")).rejects.toThrow(NotEditable);
    expect(await statuses(store)).toEqual(["waiting"]);
  });

  it("leaves what cannot have gone up open to correction: sent by hand without any network", async () => {
    const jane = registration();
    await put(store, jane);
    vi.stubGlobal("navigator", { onLine: false });
    server.fault = () => "lost request";
    expect(await sync()).toBe("offline");
    await editOperation(store, jane.id, jane.body);
    expect(await statuses(store)).toEqual(["waiting"]);
  });

  it("treats what was cut off in mid-flight as perhaps applied", async () => {
    const jane = registration();
    await put(store, jane);
    const record = await store.db.get("pending_operations", jane.id);
    if (record) await store.db.put("pending_operations", { ...record, status: "sending" });
    server.fault = () => "lost request";
    await sync();
    expect(await store.db.get("pending_operations", jane.id)).toMatchObject({
      status: "waiting",
      uncertain: true,
    });
  });

  it("keeps the server's reason, and sends the corrected entry", async () => {
    server.judge = (_, operation) =>
      operation.registerMember?.idNumber === "12345678"
        ? {
            outcome: "REJECTED",
            error: { ...problem("ID_TAKEN"), message: "taken", field: "idNumber" },
          }
        : null;
    const jane = registration();
    await put(store, jane);
    await sync();
    const [rejected] = (await readOutbox(store)).operations;
    expect(rejected).toMatchObject({ status: "rejected", code: "ID_TAKEN" });
    expect(rejected?.outcome).toMatchObject({ message: "taken", field: "idNumber" });
    if (jane.body.type === "registerMember") jane.body.input.idNumber = "87654321";
    await editOperation(store, jane.id, jane.body);
    await sync();
    expect(await statuses(store)).toEqual(["saved"]);
  });

  it("holds back what hangs on a registration that needs the officer, and sends it after", async () => {
    server.judge = (_, operation) =>
      operation.registerMember ? { outcome: "REJECTED", error: problem("ID_TAKEN") } : null;
    const jane = registration();
    const money = payment(jane.memberId);
    await put(store, jane, money);
    await sync();
    // Sent with it once; "unknown member" is no fault of the payment.
    expect(await statuses(store)).toEqual(["rejected", "waiting"]);
    await sync();
    expect(server.batches).toHaveLength(1);
    server.judge = () => null;
    await resend(store, jane.id);
    await sync();
    expect(server.batches[1]).toEqual([jane.id, money.id]);
    expect(await statuses(store)).toEqual(["saved", "saved"]);
  });

  it("shows an unknown member to the officer when no registration is on its way", async () => {
    await put(store, payment(uuidv7()));
    await sync();
    expect(await statuses(store)).toEqual(["rejected"]);
  });

  it("sends the money as final when the registration was taken back", async () => {
    server.judge = (_, operation) =>
      operation.registerMember ? { outcome: "REJECTED", error: problem("ID_TAKEN") } : null;
    const jane = registration();
    const money = payment(jane.memberId);
    await put(store, jane, money);
    await sync();
    await removeOperation(store, jane.id, "is in another group");
    server.judge = (_, operation) =>
      operation.recordContribution?.groupId === GROUP ? { outcome: "HELD" } : null;
    await sync();
    expect(await statuses(store)).toEqual(["removed", "held"]);
    const [removed] = (await readOutbox(store)).operations;
    expect(removed?.outcome?.reason).toBe("is in another group");
  });

  it("keeps the office's copy of a clash", async () => {
    server.judge = () => ({ outcome: "CONFLICT", current: { version: 7, memberName: "J. W." } });
    await put(store, registration());
    await sync();
    const [clash] = (await readOutbox(store)).operations;
    expect(clash).toMatchObject({ status: "conflict", outcome: { current: { version: 7 } } });
  });
});

describe("when batches fail as a whole", () => {
  it("halves a batch that is too large, at once", async () => {
    const jane = registration();
    await put(store, jane, ...Array.from({ length: 7 }, () => payment(jane.memberId)));
    server.fault = (ids) => (ids.length > 2 ? 413 : null);
    expect(await sync()).toBeNull();
    expect(new Set(await statuses(store))).toEqual(new Set(["saved"]));
    expect(server.batches.slice(0, 3).map((ids) => ids.length)).toEqual([8, 4, 2]);
  });

  it("sends at most 200 in a batch", async () => {
    const jane = registration();
    await put(store, jane, ...Array.from({ length: 399 }, () => payment(jane.memberId)));
    await sync();
    expect(server.batches.map((ids) => ids.length)).toEqual([200, 200]);
  });

  it("blames nobody for a missing network or a server that is down, however often", async () => {
    await put(store, registration());
    for (const fault of ["lost request", 502, 503, "lost request", 502, 503, 502] as const) {
      server.fault = () => fault;
      await sync();
    }
    const [operation] = (await readOutbox(store)).operations;
    expect(operation).toMatchObject({ status: "waiting", tries: 0 });
    server.fault = () => null;
    await sync();
    expect(await statuses(store)).toEqual(["saved"]);
  });

  it("finds the one operation that breaks the server; the others pass, it stays and can be sent again", async () => {
    const poison = registration();
    const others = Array.from({ length: 5 }, () => registration());
    await put(store, ...others.slice(0, 2), poison, ...others.slice(2));
    server.fault = (ids) => (ids.includes(poison.id) ? "INTERNAL" : null);
    for (let run = 0; run < 20; run += 1) await sync();
    expect(await statuses(store)).toEqual(["saved", "saved", "failed", "saved", "saved", "saved"]);
    server.fault = () => null;
    await resend(store, poison.id);
    await sync();
    expect(server.applied.has(poison.id)).toBe(true);
    expect((await store.db.get("pending_operations", poison.id))?.status).toBe("saved");
  });

  it("waits longer after each failure, with jitter, and not when asked by hand", async () => {
    expect(backoffDelay(1, () => 0)).toBe(2_500);
    expect(backoffDelay(1, () => 1)).toBe(5_000);
    expect(backoffDelay(4, () => 1)).toBe(40_000);
    expect(backoffDelay(50, () => 1)).toBe(900_000);
    await put(store, registration());
    server.fault = () => 503;
    await runSync(store, { dataKey: null });
    await runSync(store, { dataKey: null });
    expect(server.batches).toHaveLength(1);
    await sync();
    expect(server.batches).toHaveLength(2);
  });
});

describe("tokens", () => {
  it("are renewed once for all who ask at the same time", async () => {
    await put(store, registration());
    server.expireToken();
    await Promise.all([sync(), runSync(store, { dataKey: null }), sync()]);
    expect(server.refreshes).toBe(1);
    expect(server.reuses).toBe(0);
    expect(await statuses(store)).toEqual(["saved"]);
  });

  it("that are spent ask for the password and lose nothing", async () => {
    await put(store, registration());
    server.expireToken();
    server.validRefresh = "revoked";
    expect(await sync()).toBe("signIn");
    expect(await getMeta(store, "sessionEnded")).toBe(true);
    expect(await sync()).toBe("signIn");
    expect(server.reuses).toBe(1);
    const tokens = {
      accessToken: server.validToken,
      refreshToken: "x",
      expiresAt: Date.now() + 1e6,
    };
    await setMeta(store, "session", await seal(store.sealKey, "session", tokens));
    await setMeta(store, "sessionEnded", false);
    expect(await sync()).toBeNull();
    expect(await statuses(store)).toEqual(["saved"]);
  });
});

describe("the list", () => {
  it("forgets what is saved after a week, and never what is not", async () => {
    server.judge = (_, operation) => (operation.recordContribution ? { outcome: "HELD" } : null);
    await put(store, registration(), payment(uuidv7()));
    await sync();
    await put(store, registration());
    await purgeSettled(store, Date.now());
    await purgeSettled(store, Date.now() + 6 * DAY);
    expect(await statuses(store)).toEqual(["saved", "held", "waiting"]);
    await purgeSettled(store, Date.now() + 8 * DAY);
    expect(await statuses(store)).toEqual(["held", "waiting"]);
  });

  it("counts the week by the server's time, however the phone's clock jumps", async () => {
    server.time = Date.parse("2026-11-27T08:00:00Z");
    const dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
    const fetching = () => runSync(store, { dataKey, byHand: true });
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      for (const wrong of [
        "2024-01-01T00:00:00Z",
        "2026-12-24T08:00:00Z",
        "2031-01-01T00:00:00Z",
      ]) {
        vi.setSystemTime(wrong);
        await put(store, registration());
        await fetching();
      }
      server.time += 6 * DAY;
      vi.setSystemTime("2027-06-01T00:00:00Z");
      await fetching();
      expect(await statuses(store)).toEqual(["saved", "saved", "saved"]);
      server.time += 2 * DAY;
      vi.setSystemTime("2024-01-01T00:00:00Z");
      await fetching();
      expect(await statuses(store)).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
