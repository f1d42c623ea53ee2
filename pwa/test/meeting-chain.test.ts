/** The close of a meeting goes up after all that happened at it, and stands without it. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BodyOf } from "../src/lib/model";
import type { UserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { readOutbox, removeOperation } from "../src/sync/outbox";
import { FakeServer, problem } from "./fake-server";
import { freshStore, GROUP, payment, put, statuses } from "./fixtures";

let server: FakeServer;
let store: UserStore;

beforeEach(async () => {
  server = new FakeServer();
  store = await freshStore(server);
});
afterEach(() => vi.unstubAllGlobals());

const sync = () => runSync(store, { dataKey: null, byHand: true });

function meetingStory() {
  const meetingId = uuidv7();
  const opening: BodyOf<"openMeeting"> = {
    type: "openMeeting",
    groupName: "Umoja",
    openedAt: "2026-11-26T10:00:00Z",
    openingCash: 0,
    quorum: 1,
    input: { id: meetingId, offlineSyncId: uuidv7(), groupId: GROUP, meetingDate: "2026-11-26" },
  };
  const paid = payment("jane").body as BodyOf<"recordContribution">;
  paid.input.meetingId = meetingId;
  const close: BodyOf<"closeMeeting"> = {
    type: "closeMeeting",
    groupName: "Umoja",
    follows: [paid.input.id],
    close: {
      banked: 0,
      counted: 500_00,
      expected: 500_00,
      variance: 0,
      varianceNote: null,
      resolutions: "",
      closedAt: null,
      closedBy: null,
      hash: null,
      figures: null,
      denominations: [],
    },
    input: { meetingId, offlineSyncId: uuidv7(), denominations: [{ value: 500, pieces: 1 }] },
  };
  const confirmation: BodyOf<"confirmMeeting"> = {
    type: "confirmMeeting",
    groupName: "Umoja",
    by: { id: "chair", name: "Mary" },
    input: {
      meetingId,
      offlineSyncId: uuidv7(),
      signature: { keyId: uuidv7(), signature: "x", signedAt: "2026-11-26T10:00:00Z" },
    },
  };
  return { opening, paid, close, confirmation };
}

const all = ({ opening, paid, close, confirmation }: ReturnType<typeof meetingStory>) =>
  [opening, paid, close, confirmation].map((body) => ({ body }));

describe("a meeting made without signal", () => {
  it("goes up whole, in one batch", async () => {
    server.judge = () => ({ outcome: "APPLIED" });
    await put(store, ...all(meetingStory()));
    expect(await sync()).toBeNull();
    expect(server.batches.map((batch) => batch.length)).toEqual([4]);
    expect(await statuses(store)).toEqual(["saved", "saved", "saved", "saved"]);
  });

  it("is not closed before its payments are in the books", async () => {
    const story = meetingStory();
    const refused = story.paid.input.offlineSyncId;
    server.judge = (id) =>
      id === refused ? { outcome: "REJECTED", error: problem("TRANSACTION_KNOWN") } : null;
    await put(store, { body: story.opening }, { body: story.paid });
    await sync();
    await put(store, { body: story.close }, { body: story.confirmation });
    await sync();
    expect(await statuses(store)).toEqual(["saved", "rejected", "waiting", "waiting"]);
  });

  it("stays closed when a payment at it is taken back, and goes up then", async () => {
    const story = meetingStory();
    server.judge = (id) =>
      id === story.paid.input.offlineSyncId
        ? { outcome: "REJECTED", error: problem("TRANSACTION_KNOWN") }
        : null;
    await put(store, { body: story.opening }, { body: story.paid });
    await sync();
    await put(store, { body: story.close }, { body: story.confirmation });
    await removeOperation(store, story.paid.input.offlineSyncId, "Typed twice");
    await sync();
    expect(await statuses(store)).toEqual(["saved", "removed", "saved", "saved"]);
  });

  it("takes its papers along when it is taken back, and sends its money as the last word", async () => {
    const story = meetingStory();
    await put(store, ...all(story));
    await removeOperation(store, story.opening.input.offlineSyncId, "Wrong group");
    const { operations } = await readOutbox(store);
    expect(operations.map(({ status }) => status)).toEqual([
      "removed",
      "waiting",
      "removed",
      "removed",
    ]);
    expect(operations[1]?.body.input).toMatchObject({ groupId: GROUP });
  });
});
