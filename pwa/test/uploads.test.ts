/** Pictures in pieces: cut off anywhere, they end as one whole document, and nothing is lost. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OperationBody } from "../src/lib/model";
import type { UploadRecord } from "../src/store/schema";
import { getMeta, setMeta, type UserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { enqueue, removeOperation } from "../src/sync/outbox";
import { openFile, purgeUploads, removeUpload, resendUpload } from "../src/sync/upload-box";
import { hasUploads, runUploads } from "../src/sync/uploads";
import { FakeServer } from "./fake-server";
import { type Cut, FakeUploads } from "./fake-uploads";
import { freshStore, picture, put, registration, statuses } from "./fixtures";

let server: FakeServer;
let tus: FakeUploads;
let store: UserStore;

beforeEach(async () => {
  server = new FakeServer();
  tus = new FakeUploads();
  server.uploads = tus.handle;
  store = await freshStore(server);
});
afterEach(() => vi.unstubAllGlobals());

const send = () => runUploads(store, { byHand: true });
const rows = () => store.db.getAll("uploads");
const states = async () => (await rows()).map(({ status }) => status);

/** Compared as a whole: the matchers take seconds for a megabyte. */
const arrived = (id: string, bytes: Uint8Array) =>
  expect(Buffer.compare(tus.documents.get(id) ?? new Uint8Array(), bytes)).toBe(0);

async function take(
  memberId: string,
  { kind = "ID_FRONT" as UploadRecord["kind"], size = 300_000 } = {},
) {
  const one = await picture(store, memberId, size, kind);
  await enqueue(store, [], { uploads: [one] });
  const { id } = one.record;
  return { id, bytes: (await openFile(store, id)) ?? new Uint8Array() };
}

describe("a picture", () => {
  it("goes up in pieces of at most 512 KB, whole, and its bytes leave the phone then", async () => {
    const { id, bytes } = await take(uuidv7(), { size: 1_700_000 });
    expect(await send()).toEqual({ problem: null, saved: 1 });
    arrived(id, bytes);
    expect(tus.pieces.length).toBeGreaterThan(3);
    expect(Math.max(...tus.pieces)).toBeLessThanOrEqual(512 * 1024);
    expect(await rows()).toMatchObject([{ status: "saved", sent: 1_700_000, documentId: id }]);
    expect(await openFile(store, id)).toBeNull();
  });

  it("lies sealed: its bytes are nowhere in the clear", async () => {
    const { id, bytes } = await take(uuidv7(), { size: 1_000 });
    const row = await store.db.get("documents", id);
    const lying = new Uint8Array(row?.sealed.data ?? new ArrayBuffer(0));
    expect(lying.slice(0, 1_000)).not.toEqual(bytes);
    expect(await openFile(store, id)).toEqual(bytes);
  });

  it("goes on where it was cut off, wherever that was", async () => {
    const cuts: Cut[] = ["request", "answer", 0, 1, 20_000, 65_535];
    for (const cut of cuts) {
      for (let at = 0; at < 6; at += 1) {
        const { id, bytes } = await take(uuidv7(), { size: 200_000 });
        let asked = 0;
        tus.cut = (_method, asking) => (asking === id && asked++ === at ? cut : null);
        const first = await send();
        tus.cut = () => null;
        if (first.saved === 0) {
          expect(first.problem).toBe("offline");
          expect((await store.db.get("uploads", id))?.status).toBe("waiting");
          expect(await send()).toEqual({ problem: null, saved: 1 });
        }
        arrived(id, bytes);
      }
    }
  });

  it("sends no byte twice that the server has kept", async () => {
    const { id } = await take(uuidv7(), { size: 500_000 });
    let asked = 0;
    tus.cut = (method) => (method === "PATCH" && asked++ === 1 ? 100_000 : null);
    await send();
    tus.cut = () => null;
    const before = tus.uploads.get(id)?.bytes.length ?? 0;
    expect(before).toBe(64 * 1024 + 100_000);
    tus.pieces.length = 0;
    await send();
    expect(tus.pieces.reduce((a, b) => a + b)).toBe(500_000 - before);
  });

  it("tells the officer how far it is by what the server has said, never more", async () => {
    const { id } = await take(uuidv7(), { size: 300_000 });
    let asked = 0;
    tus.cut = (method) => (method === "PATCH" && asked++ === 1 ? "answer" : null);
    await send();
    expect(await store.db.get("uploads", id)).toMatchObject({ status: "waiting", sent: 64 * 1024 });
  });

  it("begins again what the server has forgotten, and what arrived broken", async () => {
    const { id, bytes } = await take(uuidv7());
    let patches = 0;
    tus.cut = (method) => {
      if (method !== "PATCH") return null;
      patches += 1;
      if (patches === 2) tus.uploads.delete(id);
      return patches === 4 ? { status: 422, code: "CHECKSUM_MISMATCH" } : null;
    };
    expect((await send()).saved).toBe(1);
    arrived(id, bytes);
  });

  it("takes another id where its own names another file", async () => {
    const { id, bytes } = await take(uuidv7());
    let reused = false;
    tus.cut = (method) => {
      if (method !== "POST" || reused) return null;
      reused = true;
      return { status: 409, code: "ID_REUSED" };
    };
    expect((await send()).saved).toBe(1);
    expect(tus.documents.has(id)).toBe(false);
    arrived([...tus.documents.keys()][0] ?? "", bytes);
  });

  it("uses smaller pieces on a line that is too slow", async () => {
    const { id } = await take(uuidv7());
    let slow = 2;
    tus.cut = (method) =>
      method === "PATCH" && slow-- > 0 ? { status: 408, code: "REQUEST_TIMEOUT" } : null;
    expect((await send()).saved).toBe(1);
    expect(tus.pieces[0]).toBe(16 * 1024);
    expect(tus.documents.has(id)).toBe(true);
  });

  it("that was cut off too often is cancelled and begun again", async () => {
    const { id, bytes } = await take(uuidv7());
    let once = true;
    tus.cut = (method) => {
      if (method !== "PATCH" || !once) return null;
      once = false;
      return { status: 409, code: "TOO_MANY_PIECES" };
    };
    expect((await send()).saved).toBe(1);
    expect(tus.asked).toContain(`DELETE ${id}`);
    arrived(id, bytes);
  });
});

describe("a picture that the server does not take", () => {
  it("needs the officer, with the reason, and the others go on", async () => {
    const bad = await take(uuidv7());
    const good = await take(uuidv7());
    tus.cut = (method, id) =>
      method === "PATCH" && id === bad.id ? { status: 400, code: "BAD_INPUT" } : null;
    expect(await send()).toEqual({ problem: null, saved: 1 });
    expect(await store.db.get("uploads", bad.id)).toMatchObject({
      status: "refused",
      code: "BAD_INPUT",
    });
    expect(await openFile(store, bad.id)).not.toBeNull();
    expect(tus.documents.has(good.id)).toBe(true);
    tus.cut = () => null;
    await resendUpload(store, bad.id);
    expect((await send()).saved).toBe(1);
  });

  it("is kept after five tries that came to nothing, and can be sent again", async () => {
    const { id } = await take(uuidv7());
    tus.cut = () => ({ status: 500, code: "INTERNAL" });
    for (let run = 0; run < 5; run += 1) await send();
    expect(await states()).toEqual(["failed"]);
    tus.cut = () => null;
    await resendUpload(store, id);
    expect((await send()).saved).toBe(1);
  });

  it("blames nobody for a server that is down, and waits longer each time", async () => {
    await take(uuidv7());
    tus.cut = () => ({ status: 503 });
    expect((await send()).problem).toBe("server");
    expect((await getMeta(store, "uploadBackoff"))?.failures).toBe(1);
    const asked = tus.asked.length;
    expect((await runUploads(store)).problem).toBe("server");
    expect(tus.asked).toHaveLength(asked);
    for (let run = 0; run < 6; run += 1) await send();
    expect(await rows()).toMatchObject([{ status: "waiting", tries: 0 }]);
    tus.cut = () => null;
    expect((await send()).saved).toBe(1);
    expect((await getMeta(store, "uploadBackoff"))?.failures).toBe(0);
  });

  it("waits for the password when the session has ended", async () => {
    await take(uuidv7());
    await setMeta(store, "sessionEnded", true);
    expect(await send()).toEqual({ problem: "signIn", saved: 0 });
    expect(tus.asked).toEqual([]);
  });
});

describe("pictures and the outbox", () => {
  it("go up after the registration of their member, never before", async () => {
    const jane = registration();
    await put(store, jane);
    await take(jane.memberId);
    expect(await hasUploads(store)).toBe(false);
    expect(await send()).toEqual({ problem: null, saved: 0 });
    expect(tus.asked).toEqual([]);
    await runSync(store, { dataKey: null, byHand: true });
    tus.members = server.members;
    expect((await send()).saved).toBe(1);
  });

  it("are held back while the registration needs the officer, and go with it when it is taken back", async () => {
    const jane = registration();
    server.judge = () => ({ outcome: "REJECTED" });
    await put(store, jane);
    const { id } = await take(jane.memberId);
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["rejected"]);
    await send();
    expect(await states()).toEqual(["waiting"]);
    await removeOperation(store, jane.id, "is in another group");
    expect(await rows()).toEqual([]);
    expect(await openFile(store, id)).toBeNull();
  });

  it("of a member whom nobody knows need the officer", async () => {
    tus.members = new Set();
    await take(uuidv7());
    await send();
    expect(await rows()).toMatchObject([{ status: "refused", code: "UNKNOWN_MEMBER" }]);
  });

  it("hold the check of the ID back until both sides are up", async () => {
    const member = uuidv7();
    await take(member, { kind: "ID_BACK", size: 1_000 });
    await take(member, { kind: "PHOTO", size: 1_000 });
    const body: OperationBody = {
      type: "verifyIdentity",
      memberName: "Jane Wanjiku",
      groupName: "Umoja",
      input: { memberId: member, method: "ORIGINAL_SEEN", offlineSyncId: uuidv7() },
    };
    await put(store, { body });
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["waiting"]);
    expect(server.batches).toEqual([]);
    await send();
    await runSync(store, { dataKey: null, byHand: true });
    expect(await statuses(store)).toEqual(["saved"]);
  });

  it("let a newer one take their place, and the server forget the beginning of the old one", async () => {
    const member = uuidv7();
    const old = await take(member);
    let asked = 0;
    tus.cut = (method) => (method === "PATCH" && asked++ === 1 ? "request" : null);
    await send();
    tus.cut = () => null;
    const fresh = await take(member, { size: 5_000 });
    expect(await openFile(store, old.id)).toBeNull();
    expect((await send()).saved).toBe(1);
    expect([...tus.documents.keys()]).toEqual([fresh.id]);
    expect([...tus.uploads.keys()]).toEqual([fresh.id]);
    expect(await states()).toEqual(["saved"]);
  });

  it("that the officer takes away while it goes up does not come back", async () => {
    const { id } = await take(uuidv7());
    tus.cut = (method) => {
      if (method === "PATCH") void removeUpload(store, id);
      return null;
    };
    await send();
    tus.cut = () => null;
    await send();
    expect(tus.documents.size + (await rows()).length).toBe(0);
  });
});

describe("one in flight", () => {
  it("among all who ask at the same time", async () => {
    for (let i = 0; i < 3; i += 1) await take(uuidv7(), { size: 100_000 });
    const reports = await Promise.all([send(), runUploads(store), send()]);
    expect([...new Set(reports)].reduce((sum, { saved }) => sum + saved, 0)).toBe(3);
    expect(tus.mostOpen).toBe(1);
    expect(tus.documents.size).toBe(3);
  });

  it("forgets after a week what the server has, and nothing else", async () => {
    await take(uuidv7(), { size: 1_000 });
    await send();
    await take(uuidv7(), { size: 1_000 });
    await purgeUploads(store, null);
    await purgeUploads(store, 1_000);
    expect(await states()).toEqual(["saved", "waiting"]);
    await purgeUploads(store, 1_000 + 8 * 86_400_000);
    expect(await states()).toEqual(["waiting"]);
  });
});
