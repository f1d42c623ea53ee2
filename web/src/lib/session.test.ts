import { beforeEach, expect, test, vi } from "vitest";
import { fakeServer, refusal, tokens } from "../test/server";

/** Each test is a fresh tab: the module holds the tab's state. */
async function openTab() {
  vi.resetModules();
  return import("./session");
}

beforeEach(() => {
  // One lock for all tabs, as browsers have it; the test environment has none.
  let queue: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  vi.stubGlobal("navigator", { onLine: true, locks: { request } });
});

test("signs in, and the token is there for the next tab too", async () => {
  const sent = fakeServer({ Login: () => ({ data: { login: tokens("a1", "r1") } }) });
  const tab = await openTab();
  expect(await tab.signIn("254700000001", "demo-admin")).toBeNull();
  const device = { id: localStorage.getItem("tablebanking.device"), name: "Browser" };
  expect(sent[0]?.variables.input).toMatchObject({ device });
  expect(tab.sessionState().user?.name).toBe("Grace Wambui");
  const other = await openTab();
  expect(other.sessionState().user?.name).toBe("Grace Wambui");
  expect(await other.accessToken()).toBe("a1");
});

test("a refused sign-in leaves nobody signed in", async () => {
  fakeServer({ Login: () => refusal("UNAUTHENTICATED") });
  const tab = await openTab();
  expect((await tab.signIn("254700000001", "wrong"))?.code).toBe("UNAUTHENTICATED");
  expect(tab.sessionState().user).toBeNull();
  expect(await tab.accessToken()).toBeNull();
});

test("many requests with a dead token renew it once", async () => {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1", 10) } }),
    RefreshToken: () => ({ data: { refreshToken: tokens("a2", "r2") } }),
  });
  const tab = await openTab();
  await tab.signIn("254700000001", "x");
  const got = await Promise.all([tab.accessToken(), tab.accessToken(), tab.renewToken("a1")]);
  expect(got).toEqual(["a2", "a2", "a2"]);
  expect(sent.filter(({ operation }) => operation === "RefreshToken")).toHaveLength(1);
});

test("two tabs renew once: the second takes what the first stored", async () => {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1") } }),
    RefreshToken: () => ({ data: { refreshToken: tokens("a2", "r2") } }),
  });
  const one = await openTab();
  await one.signIn("254700000001", "x");
  const two = await openTab();
  const got = await Promise.all([one.renewToken("a1"), two.renewToken("a1")]);
  expect(got).toEqual(["a2", "a2"]);
  const refreshed = sent.filter(({ operation }) => operation === "RefreshToken");
  expect(refreshed.map(({ variables }) => variables)).toEqual([{ refreshToken: "r1" }]);
});

test("a revoked family ends the session and says so", async () => {
  fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1") } }),
    RefreshToken: () => refusal("UNAUTHENTICATED"),
  });
  const tab = await openTab();
  await tab.signIn("254700000001", "x");
  const heard = vi.fn();
  tab.subscribeSession(heard);
  expect(await tab.renewToken("a1")).toBeNull();
  expect(tab.sessionState()).toEqual({ user: null, ended: "expired" });
  expect(heard).toHaveBeenCalledOnce();
});

test("without signal the renewal fails and the session stays", async () => {
  fakeServer({ Login: () => ({ data: { login: tokens("a1", "r1") } }) });
  const tab = await openTab();
  await tab.signIn("254700000001", "x");
  await expect(tab.renewToken("a1")).rejects.toBeInstanceOf(tab.RenewalFailed);
  expect(tab.sessionState().user).not.toBeNull();
});

test("signing out while a renewal is under way is final", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1") } }),
    Logout: () => ({ data: { logout: true } }),
    RefreshToken: async () => {
      await held;
      return { data: { refreshToken: tokens("a2", "r2") } };
    },
  });
  const tab = await openTab();
  await tab.signIn("254700000001", "x");
  const renewal = tab.renewToken("a1");
  await tab.signOut();
  release();
  expect(await renewal).toBeNull();
  expect(tab.sessionState()).toEqual({ user: null, ended: "signedOut" });
  expect(localStorage.getItem(tab.STORAGE_KEY)).toBeNull();
});
