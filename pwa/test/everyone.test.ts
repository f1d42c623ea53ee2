/** A phone that two officers share: what one has left goes up while the other works. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { saveAccount } from "../src/store/device";
import { setMeta, type UserStore } from "../src/store/user-store";
import { leftByOthers, sendForAll } from "../src/sync/everyone";
import { enqueue } from "../src/sync/outbox";
import { FakeServer, problem } from "./fake-server";
import { FakeUploads } from "./fake-uploads";
import { freshStore, picture, put, registration, statuses } from "./fixtures";

let server: FakeServer;
let grace: UserStore;
let peter: UserStore;

beforeEach(async () => {
  server = new FakeServer();
  server.uploads = new FakeUploads().handle;
  grace = await freshStore(server);
  peter = await freshStore(server);
  await saveAccount(grace.userId, { name: "Grace", lastUsedAt: 1 });
  await saveAccount(peter.userId, { name: "Peter", lastUsedAt: 2 });
});
afterEach(() => vi.unstubAllGlobals());

const left = async () =>
  (await leftByOthers(peter.userId)).find(({ userId }) => userId === grace.userId);

it("sends what the other wrote down, with its pictures, and then nothing is left", async () => {
  const jane = registration();
  await put(grace, jane);
  await enqueue(grace, [], { uploads: [await picture(grace, jane.memberId, 1_000)] });
  expect(await left()).toMatchObject({ name: "Grace", count: 2, needs: 0, goesUp: true });
  expect(await sendForAll(peter.userId)).toBeNull();
  expect(await statuses(grace)).toEqual(["saved"]);
  expect(await left()).toBeUndefined();
});

it("tells the office of work that needs the other officer", async () => {
  await put(grace, registration());
  server.judge = () => ({ outcome: "REJECTED", error: problem("ID_NUMBER_TAKEN") });
  await sendForAll(peter.userId);
  expect(server.reports).toMatchObject([{ waiting: 0, failed: 1 }]);
  expect(await left()).toMatchObject({ count: 1, needs: 1, goesUp: true });
});

it("cannot send for who has signed out, and says so", async () => {
  await put(grace, registration());
  await grace.db.delete("sync_metadata", "session");
  await setMeta(grace, "sessionEnded", true);
  expect(await sendForAll(peter.userId)).toBeNull();
  expect(await statuses(grace)).toEqual(["waiting"]);
  expect(await left()).toMatchObject({ count: 1, goesUp: false });
});

it("goes on with the next officer where the server fails for one", async () => {
  const mine = registration();
  const hers = registration();
  await put(peter, mine);
  await put(grace, hers);
  server.fault = (ids) => (ids.includes(mine.id) ? 503 : null);
  expect(await sendForAll()).toBe("server");
  expect(await statuses(grace)).toEqual(["saved"]);
  expect(await statuses(peter)).toEqual(["waiting"]);
});
