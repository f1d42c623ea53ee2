import { uuidv7 } from "@tablebanking/common/uuid";
import { describe, expect, it } from "vitest";
import { makeSealKey, seal, unseal } from "../src/store/crypto";
import { listAccounts, loadAccount, loadDevice, saveAccount } from "../src/store/device";
import {
  closeUserStore,
  dropServerCopy,
  getMeta,
  loadDraft,
  openUserStore,
  saveDraft,
  setMeta,
} from "../src/store/user-store";
import { createVault, delayAfter, isPin, isWeakPin, unlock } from "../src/store/vault";
import { payment, put, registration, statuses } from "./fixtures";

/** The count of rounds is a matter of time, not of logic. */
const ROUNDS = 10;

describe("sealing", () => {
  it("opens with the same key at the same place only", async () => {
    const [key, other] = [await makeSealKey(), await makeSealKey()];
    const sealed = await seal(key, "members:1", { name: "Jane" });
    expect(await unseal(key, "members:1", sealed)).toEqual({ name: "Jane" });
    await expect(unseal(key, "members:2", sealed)).rejects.toThrow();
    await expect(unseal(other, "members:1", sealed)).rejects.toThrow();
  });

  it("uses keys whose bytes no script can read", async () => {
    const { secret } = await loadDevice();
    await expect(crypto.subtle.exportKey("raw", secret)).rejects.toThrow();
    const { sealKey } = await openUserStore(uuidv7());
    await expect(crypto.subtle.exportKey("raw", sealKey)).rejects.toThrow();
  });
});

describe("the PIN", () => {
  it("is four to six digits, and the obvious ones are known", () => {
    expect(["1234", "123456"].every(isPin)).toBe(true);
    expect(["123", "1234567", "12a4", ""].some(isPin)).toBe(false);
    expect(["0000", "1234", "987654"].every(isWeakPin)).toBe(true);
    expect(["1357", "290471"].some(isWeakPin)).toBe(false);
  });

  it("opens the data key, after a restart too", async () => {
    const userId = uuidv7();
    const made = await createVault(userId, "290471", ROUNDS);
    const sealed = await seal(made, "x", "secret");
    const result = await unlock(userId, "290471");
    if (result.kind !== "open") throw new Error(result.kind);
    expect(await unseal(result.dataKey, "x", sealed)).toBe("secret");
  });

  it("is delayed longer and longer, and a good PIN wipes the slate", async () => {
    const userId = uuidv7();
    await createVault(userId, "290471", ROUNDS);
    for (let i = 0; i < 4; i += 1) {
      expect(await unlock(userId, "000000", 1_000)).toMatchObject({ kind: "wrong" });
    }
    expect(await unlock(userId, "000000", 1_000)).toEqual({
      kind: "wrong",
      triesLeft: 5,
      lockedUntil: 31_000,
    });
    expect(await unlock(userId, "290471", 30_999)).toEqual({
      kind: "delayed",
      lockedUntil: 31_000,
    });
    expect(delayAfter(6)).toBe(60_000);
    expect((await unlock(userId, "290471", 31_000)).kind).toBe("open");
    expect((await loadAccount(userId))?.wrongPins).toBe(0);
  });

  it("is spent after ten wrong ones, and the unsent work is still there", async () => {
    const userId = uuidv7();
    const store = await openUserStore(userId);
    await createVault(userId, "290471", ROUNDS);
    const jane = registration();
    await put(store, jane, payment(jane.memberId));
    await setMeta(store, "cursor", "abc");
    let now = 0;
    for (let i = 0; i < 9; i += 1) {
      await unlock(userId, "000000", now);
      now += 3_600_000;
    }
    expect(await unlock(userId, "000000", now)).toEqual({ kind: "exhausted" });
    await dropServerCopy(store);
    expect(await unlock(userId, "290471", now + 3_600_000)).toEqual({ kind: "exhausted" });
    expect(await statuses(store)).toEqual(["waiting", "waiting"]);
    expect(await getMeta(store, "cursor")).toBeUndefined();
  });
});

describe("the databases", () => {
  it("keep two officers of one phone apart", async () => {
    const [a, b] = [uuidv7(), uuidv7()];
    await saveAccount(a, { name: "A", lastUsedAt: 1 });
    await saveAccount(b, { name: "B", lastUsedAt: 2 });
    await put(await openUserStore(a), registration());
    expect(await statuses(await openUserStore(b))).toEqual([]);
    const order = (await listAccounts()).map((account) => account.name);
    expect(order.indexOf("B")).toBeLessThan(order.indexOf("A"));
  });

  it("keep what they hold over a restart", async () => {
    const userId = uuidv7();
    const store = await openUserStore(userId);
    await put(store, registration());
    await saveDraft(store, "sheet", { a: 1 });
    await closeUserStore(userId);
    const again = await openUserStore(userId);
    expect(await loadDraft(again, "sheet")).toEqual({ a: 1 });
    expect(await statuses(again)).toEqual(["waiting"]);
  });
});
