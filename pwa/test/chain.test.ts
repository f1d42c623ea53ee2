/** What rests on what: application, approval, disbursement, repayment. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UserStore } from "../src/store/user-store";
import { heldBack } from "../src/sync/chain";
import { runSync } from "../src/sync/engine";
import { readOutbox, removeOperation, resend } from "../src/sync/outbox";
import { FakeServer, problem } from "./fake-server";
import { freshStore, loanStory, put, registration, statuses } from "./fixtures";

let server: FakeServer;
let store: UserStore;

beforeEach(async () => {
  server = new FakeServer();
  store = await freshStore(server);
});
afterEach(() => vi.unstubAllGlobals());

const sync = () => runSync(store, { dataKey: null, byHand: true });
const all = ({ application, approval, signature, disbursement, repayment }: Story) =>
  [application, approval, signature, disbursement, repayment].map((body) => ({ body }));
type Story = ReturnType<typeof loanStory>;

describe("a loan from the application to the repayment, made without signal", () => {
  it("goes up in three steps, so that no money is handed out before its approval", async () => {
    const story = loanStory(uuidv7());
    await put(store, ...all(story));
    expect(await sync()).toBeNull();
    expect(server.batches.map((batch) => batch.length)).toEqual([3, 1, 1]);
    expect(await statuses(store)).toEqual(["saved", "saved", "saved", "saved", "saved"]);
    const sent = [...server.applied.values()].map((operation) => Object.keys(operation)[0]);
    expect(sent).toEqual([
      "applyForLoan",
      "approveLoan",
      "approveLoan",
      "disburseLoan",
      "recordRepayment",
    ]);
  });

  it("waits behind the approval that was refused, and says for what", async () => {
    const story = loanStory(uuidv7());
    server.judge = (id) =>
      id === story.signature.input.offlineSyncId
        ? { outcome: "REJECTED", error: problem("ID_NOT_VERIFIED") }
        : null;
    await put(store, ...all(story));
    await sync();
    await sync();
    expect(await statuses(store)).toEqual(["saved", "saved", "rejected", "waiting", "waiting"]);
    expect(server.batches).toHaveLength(1);
    const { operations } = await readOutbox(store);
    const behind = heldBack(operations);
    expect(operations.map((row) => behind.get(row.id)?.id)).toEqual([
      undefined,
      undefined,
      undefined,
      story.signature.input.offlineSyncId,
      story.signature.input.offlineSyncId,
    ]);
    server.judge = () => null;
    await resend(store, story.signature.input.offlineSyncId);
    await sync();
    expect(new Set(await statuses(store))).toEqual(new Set(["saved"]));
  });

  it("waits behind the borrower's registration, all the way down", async () => {
    const jane = registration();
    server.judge = (_, operation) =>
      operation.registerMember ? { outcome: "REJECTED", error: problem("ID_TAKEN") } : null;
    await put(store, jane, ...all(loanStory(jane.memberId)));
    // In the same batch, and refused because its ground was: it waits, it is nobody's fault.
    const refuse = server.judge;
    server.judge = (id, operation) =>
      refuse(id, operation) ?? { outcome: "REJECTED", error: problem("NOT_FOUND") };
    await sync();
    expect(await statuses(store)).toEqual([
      "rejected",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
    ]);
    await sync();
    expect(server.batches).toHaveLength(1);
  });

  it("taken back at its root: papers go with it, money that moved is sent as final", async () => {
    server.judge = (_, operation) => ({
      outcome: "REJECTED",
      error: problem(operation.applyForLoan ? "LOAN_OPEN" : "NOT_FOUND"),
    });
    const story = loanStory(uuidv7());
    await put(store, ...all(story));
    await sync();
    await removeOperation(store, story.application.input.offlineSyncId, "written twice");
    expect(await statuses(store)).toEqual(["removed", "removed", "removed", "waiting", "waiting"]);
    const { operations } = await readOutbox(store);
    expect(operations[1]?.outcome?.reason).toBe("written twice");
    server.judge = () => ({ outcome: "HELD" });
    await sync();
    expect(await statuses(store)).toEqual(["removed", "removed", "removed", "held", "held"]);
    const bodies = (await readOutbox(store)).operations.map(({ body }) => body.input);
    expect(bodies[3]).toMatchObject({ groupId: expect.any(String), amount: "12000.00" });
    expect(bodies[4]).toMatchObject({ groupId: expect.any(String) });
  });

  it("keeps every rule that stood against the application", async () => {
    const details = [problem("OVER_LIMIT"), problem("LOAN_OPEN")];
    server.judge = () => ({
      outcome: "REJECTED",
      error: { ...problem("OVER_LIMIT"), details } as never,
    });
    await put(store, { body: loanStory(uuidv7()).application });
    await sync();
    const [refused] = (await readOutbox(store)).operations;
    expect(refused?.outcome?.details.map(({ code }) => code)).toEqual(["OVER_LIMIT", "LOAN_OPEN"]);
  });
});

it("keeps what a newer version of the app has left here, and sends the rest", async () => {
  const jane = registration();
  await put(store, { body: { ...jane.body, type: "walkOnWater" } as never }, registration());
  await sync();
  expect(await statuses(store)).toEqual(["waiting", "saved"]);
  expect((await readOutbox(store)).operations).toHaveLength(1);
});
