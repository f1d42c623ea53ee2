import { uuidv7 } from "@tablebanking/common/uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getRows, openRecord } from "../src/records/copy";
import { importDataKey } from "../src/store/crypto";
import { getMeta, type UserStore } from "../src/store/user-store";
import { runSync } from "../src/sync/engine";
import { FakeServer } from "./fake-server";
import {
  contributionNode,
  freshStore,
  GROUP,
  groupNode,
  memberNode,
  page,
  payment,
  put,
  registration,
  statuses,
} from "./fixtures";

let server: FakeServer;
let store: UserStore;
let dataKey: CryptoKey;

beforeEach(async () => {
  server = new FakeServer();
  store = await freshStore(server);
  dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
});
afterEach(() => vi.unstubAllGlobals());

const sync = () => runSync(store, { dataKey, byHand: true });

describe("pulling changes", () => {
  it("copies page after page, and goes on where it was cut off", async () => {
    const ids = [uuidv7(), uuidv7(), uuidv7()] as const;
    const pages: Record<string, object> = {
      null: page({
        cursor: "a",
        hasMore: true,
        groups: [groupNode()],
        members: [memberNode(ids[0])],
      }),
      a: page({ cursor: "b", hasMore: true, members: [memberNode(ids[1])] }),
      b: page({ cursor: "c", members: [memberNode(ids[2])] }),
    };
    const asked: (string | null)[] = [];
    server.changes = (since) => {
      asked.push(since);
      if (since === "b" && asked.length === 3) throw new TypeError("network");
      return pages[String(since)] ?? page({ cursor: "c" });
    };
    expect(await sync()).toBe("offline");
    expect(await getMeta(store, "firstCopyDone")).toBeUndefined();
    expect(await sync()).toBeNull();
    expect(asked).toEqual([null, "a", "b", "b"]);
    expect(await store.db.count("members")).toBe(3);
    expect(await getMeta(store, "firstCopyMembers")).toBe(3);
    expect(await getMeta(store, "cursor")).toBe("c");
  });

  it("keeps nothing readable on disk", async () => {
    server.changes = () => page({ groups: [groupNode()], members: [memberNode(uuidv7())] });
    await sync();
    const rows = [...(await store.db.getAll("members")), ...(await store.db.getAll("groups"))];
    for (const row of rows) {
      const text = new TextDecoder().decode(row.sealed.data) + JSON.stringify(row);
      expect(text).not.toMatch(/Wanjiku|12345678|2547|Umoja/);
    }
    const [row] = await store.db.getAll("members");
    if (row) expect((await openRecord(dataKey, "members", row)).memberName).toBe("Jane Wanjiku");
    expect(rows).toHaveLength(2);
  });

  it("drops all of a group that is no longer the officer's, but no unsent operation", async () => {
    const other = uuidv7();
    const [mine, theirs] = [uuidv7(), uuidv7()];
    server.changes = () =>
      page({
        groups: [groupNode(), groupNode(other)],
        members: [memberNode(mine), memberNode(theirs, other)],
        contributions: [contributionNode(uuidv7(), mine)],
      });
    await sync();
    server.fault = () => "lost request";
    await put(store, payment(mine));
    await sync();
    server.fault = () => null;
    server.judge = () => ({
      outcome: "REJECTED",
      error: { code: "NOT_FOUND", message: "", field: null },
    });
    server.changes = () => page({ deletedIds: [GROUP] });
    await sync();
    expect(await store.db.getAllKeys("groups")).toEqual([other]);
    expect(await store.db.getAllKeys("members")).toEqual([theirs]);
    expect(await store.db.count("contributions")).toBe(0);
    expect(await statuses(store)).toEqual(["rejected"]);
  });

  it("copies everything again when the server no longer knows the cursor", async () => {
    server.changes = () => page({ cursor: "old" });
    await sync();
    const asked: (string | null)[] = [];
    server.changes = (since) => {
      asked.push(since);
      return page({ cursor: "new", members: [memberNode(uuidv7())] });
    };
    const plain = server.fetch;
    vi.stubGlobal("fetch", async (url: unknown, init?: RequestInit) => {
      const { variables } = JSON.parse(String(init?.body)) as { variables: { since?: string } };
      if (variables.since !== "old") return plain(url, init);
      const errors = [{ message: "cursor", extensions: { code: "BAD_INPUT", field: "since" } }];
      return new Response(JSON.stringify({ errors }));
    });
    expect(await sync()).toBeNull();
    expect(asked).toEqual([null]);
    expect(await getMeta(store, "cursor")).toBe("new");
  });

  it("takes money from the office's pile once the books show it", async () => {
    const money = payment(uuidv7());
    server.judge = () => ({ outcome: "HELD" });
    await put(store, money);
    await sync();
    expect(await statuses(store)).toEqual(["held"]);
    server.changes = () => page({ contributions: [contributionNode(money.id, money.memberId)] });
    await sync();
    expect(await statuses(store)).toEqual(["saved"]);
    expect(await getRows(store.db, "contributions", GROUP)).toHaveLength(1);
  });

  it("only sends while the phone is locked", async () => {
    let asked = 0;
    server.changes = () => {
      asked += 1;
      return page({});
    };
    await put(store, registration());
    expect(await runSync(store, { dataKey: null })).toBeNull();
    expect(await statuses(store)).toEqual(["saved"]);
    expect(asked).toBe(0);
  });
});
