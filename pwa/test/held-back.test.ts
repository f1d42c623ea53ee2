/** What the outbox says of an operation that waits for something else. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { reasonFor, whatHoldsBack } from "../src/state/words";
import type { UserStore } from "../src/store/user-store";
import { enqueue, readOutbox } from "../src/sync/outbox";
import { FakeServer } from "./fake-server";
import { freshStore, GROUP, picture } from "./fixtures";

let store: UserStore;
const memberId = uuidv7();

beforeEach(async () => {
  store = await freshStore(new FakeServer());
  const uploads = [
    await picture(store, memberId, 100 * 1024, "ID_FRONT"),
    await picture(store, memberId, 60 * 1024, "ID_BACK"),
    await picture(store, memberId, 500 * 1024, "PHOTO"),
  ];
  await enqueue(store, [], { uploads });
  const input = { memberId, method: "ORIGINAL_SEEN" as const, offlineSyncId: uuidv7() };
  await enqueue(store, [
    {
      groupId: GROUP,
      body: { type: "verifyIdentity", memberName: "Jane", groupName: "Umoja", input },
    },
  ]);
});
afterEach(() => vi.unstubAllGlobals());

async function reason() {
  const { operations } = await readOutbox(store);
  const [check] = operations;
  const behind = whatHoldsBack(operations, await store.db.getAll("uploads"));
  return check && reasonFor(check, behind.get(check.id) ?? null);
}

async function change(kind: string, changes: object) {
  const row = (await store.db.getAll("uploads")).find((one) => one.kind === kind);
  if (row) await store.db.put("uploads", { ...row, ...changes });
}

it("an ID check says how far the pictures are that it waits for", async () => {
  expect(await reason()).toBe(
    "Goes up after the pictures of the ID card: 0 of 160 KB of them are up.",
  );
  await change("ID_FRONT", { sent: 64 * 1024 });
  expect(await reason()).toContain("64 of 160 KB");
  await change("ID_FRONT", { status: "saved" });
  expect(await reason()).toContain("0 of 60 KB");
  await change("ID_BACK", { status: "saved" });
  expect(await reason()).toBeNull();
});

it("and which picture needs the officer", async () => {
  await change("ID_BACK", { status: "refused" });
  expect(await reason()).toBe("Waits for a picture that needs you: ID back.");
});
