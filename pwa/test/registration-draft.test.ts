/** A registration that is half filled survives the lock, the crash and the full phone. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { blankValues, type DraftForm, isBlank } from "../src/features/members/form";
import {
  dropRegistration,
  loadRegistration,
  peekRegistration,
  RegistrationKeeper,
} from "../src/state/registration-draft";
import * as session from "../src/state/session";
import { importDataKey } from "../src/store/crypto";
import { dropServerCopy, type UserStore } from "../src/store/user-store";
import { FakeServer } from "./fake-server";
import { freshStore } from "./fixtures";

let store: UserStore;
const load = () => loadRegistration<DraftForm>(store);

const form = (memberName: string): DraftForm => ({
  values: { ...blankValues("group"), memberName },
  geo: null,
});
const blob = (text: string) => new Blob([text], { type: "image/jpeg" });

beforeEach(async () => {
  store = await freshStore(new FakeServer());
  const dataKey = await importDataKey(crypto.getRandomValues(new Uint8Array(32)));
  vi.spyOn(session, "openStore").mockReturnValue({ store, dataKey });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a half-filled registration", () => {
  it("comes back with what was typed last and every picture", async () => {
    const keeper = new RegistrationKeeper<DraftForm>(1_000);
    void keeper.keep(form("Ja"), "Ja");
    void keeper.keep(form("Jane"), "Jane", { kind: "ID_FRONT", blob: blob("front") });
    void keeper.keep(form("Jane W"), "Jane W", { kind: "PHOTO", blob: blob("face") });
    await keeper.keep(form("Jane Wanjiku"), "Jane Wanjiku");
    const draft = await load();
    expect(draft).toMatchObject({ name: "Jane Wanjiku", begunAt: 1_000 });
    expect(draft?.form.values.memberName).toBe("Jane Wanjiku");
    expect(Object.keys(draft?.pictures ?? {})).toEqual(["ID_FRONT", "PHOTO"]);
    expect(await draft?.pictures.ID_FRONT?.text()).toBe("front");
  });

  it("lies sealed", async () => {
    const keeper = new RegistrationKeeper<DraftForm>(1_000);
    await keeper.keep(form("Jane Wanjiku"), "Jane Wanjiku", { kind: "PHOTO", blob: blob("face") });
    const rows = await store.db.getAll("drafts");
    expect(rows).toHaveLength(2);
    const bytes = rows.map(({ sealed }) => Buffer.from(sealed.data).toString("latin1")).join();
    expect(bytes).not.toContain("Jane");
    expect(bytes).not.toContain("face");
  });

  it("stays when the PIN is forgotten, as all that is unsent", async () => {
    await new RegistrationKeeper<DraftForm>(1).keep(form("Jane"), "Jane");
    await dropServerCopy(store);
    expect(await peekRegistration(store)).toMatchObject({ name: "Jane", begunAt: 1 });
  });

  it("is gone once it is thrown away, with its pictures", async () => {
    const keeper = new RegistrationKeeper<DraftForm>(1);
    await keeper.keep(form("Jane"), "Jane", { kind: "PHOTO", blob: blob("face") });
    await dropRegistration(store);
    expect(await load()).toBeNull();
    expect(await store.db.count("drafts")).toBe(0);
  });

  it("is not written any more while the member is", async () => {
    const keeper = new RegistrationKeeper<DraftForm>(1);
    void keeper.keep(form("Jane"), "Jane");
    await keeper.close();
    await dropRegistration(store);
    await keeper.keep(form("Jane W"), "Jane W");
    expect(await load()).toBeNull();
    keeper.reopen();
    await keeper.keep(form("Jane W"), "Jane W");
    expect(await peekRegistration(store)).toMatchObject({ name: "Jane W" });
  });

  it("keeps what lay there when a picture finds no room, and goes on with what does", async () => {
    const keeper = new RegistrationKeeper<DraftForm>(1);
    await keeper.keep(form("Jane"), "Jane");
    const real = store.db.transaction.bind(store.db);
    const full = new DOMException("full", "QuotaExceededError");
    const spy = vi.spyOn(store.db, "transaction").mockImplementation(((...args: never[]) => {
      void args;
      throw full;
    }) as never);
    const picture = { kind: "PHOTO" as const, blob: blob("face") };
    await expect(keeper.keep(form("Jane W"), "Jane W", picture)).rejects.toBe(full);
    spy.mockImplementation(real as never);
    expect(await load()).toMatchObject({ name: "Jane", pictures: {} });
    await keeper.keep(form("Jane Wa"), "Jane Wa");
    expect(await load()).toMatchObject({ name: "Jane Wa", pictures: {} });
  });

  it("with nothing in it but the group is none", () => {
    expect(isBlank(form(""))).toBe(true);
    expect(isBlank(form("J"))).toBe(false);
    expect(isBlank({ ...form(""), geo: { latitude: 0, longitude: 0, accuracy: 1 } as never })).toBe(
      false,
    );
  });
});
