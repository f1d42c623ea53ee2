/** Being told with the app closed: the wish, the server, the phone's push service, the screens. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pathOf, readNotice } from "../src/lib/notice";
import { NoPushService, subscribe } from "../src/platform/push";
import { loadDevice, saveAccount } from "../src/store/device";
import { getMeta, setMeta } from "../src/store/user-store";
import { tellHere, wantsNotices } from "../src/sync/notices";
import { FakeServer } from "./fake-server";
import { freshStore } from "./fixtures";

const ID = "0191e4b2-7c3a-7def-8abc-000000000009";
const KEY =
  "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";
const OTHER_KEY = `${KEY.slice(0, -1)}A`;

/** A browser's PushManager that knows one subscription at most. */
class FakePush {
  current: { key: Uint8Array; endpoint: string } | null = null;
  made = 0;
  answer: "ok" | "never" | "no" = "ok";

  readonly pushManager = {
    getSubscription: async () => (this.current ? this.view(this.current) : null),
    subscribe: async ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
      if (this.answer === "never") return new Promise<never>(() => undefined);
      if (this.answer === "no") throw new DOMException("no", "AbortError");
      this.made += 1;
      this.current = { key: applicationServerKey, endpoint: `https://push/${this.made}` };
      return this.view(this.current);
    },
  } as unknown as PushManager;

  private view({ key, endpoint }: { key: Uint8Array; endpoint: string }) {
    return {
      options: { applicationServerKey: key.buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: "P", auth: "A" } }),
      unsubscribe: async () => {
        this.current = null;
        return true;
      },
    };
  }
}

function pushServer(key: string | null) {
  const server = new FakeServer();
  const saved: unknown[] = [];
  const rest = server.fetch;
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const { query, variables } = JSON.parse(String(init?.body));
    const data = (value: unknown) => new Response(JSON.stringify({ data: value }));
    if (query.includes("vapidPublicKey")) return data({ vapidPublicKey: key });
    if (query.includes("savePushSubscription")) {
      saved.push(variables.input);
      return data({ savePushSubscription: true });
    }
    return rest(url, init);
  };
  Object.defineProperty(server, "fetch", { value: fetch });
  return { server, saved };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("asking to be told", () => {
  it("hands the browser's address and keys to the server, in the officer's language", async () => {
    const { server, saved } = pushServer(KEY);
    const store = await freshStore(server);
    expect(await wantsNotices(store)).toBe(false);
    expect(await tellHere(store, new FakePush(), "sw")).toBeNull();
    const { deviceId } = await loadDevice();
    const input = { deviceId, language: "sw", endpoint: "https://push/1", p256dh: "P", auth: "A" };
    expect(saved).toEqual([input]);
    expect(await getMeta(store, "notices")).toEqual({ wanted: true, language: "sw" });
  });

  it("says so where the office has it off, and asks the phone for nothing", async () => {
    const { server, saved } = pushServer(null);
    const push = new FakePush();
    expect(await tellHere(await freshStore(server), push, "en")).toBe("switchedOff");
    expect([saved.length, push.made]).toEqual([0, 0]);
  });

  it("says that it waits where there is no signal", async () => {
    const { server } = pushServer(KEY);
    const store = await freshStore(server);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    expect(await tellHere(store, new FakePush(), "en")).toBe("offline");
  });

  it("says so where the phone's push service will not", async () => {
    const { server, saved } = pushServer(KEY);
    const push = new FakePush();
    push.answer = "no";
    expect(await tellHere(await freshStore(server), push, "en")).toBe("unreachable");
    expect(saved).toEqual([]);
  });
});

describe("the browser's subscription", () => {
  let push: FakePush;
  beforeEach(() => {
    push = new FakePush();
  });

  it("does not hang where there is no push service", async () => {
    vi.useFakeTimers();
    push.answer = "never";
    const given = expect(subscribe(push, KEY)).rejects.toBeInstanceOf(NoPushService);
    await vi.advanceTimersByTimeAsync(20_000);
    await given;
  });

  it("is used again under the same key, and made anew under another", async () => {
    await subscribe(push, KEY);
    await subscribe(push, KEY);
    expect(push.made).toBe(1);
    expect((await subscribe(push, OTHER_KEY)).endpoint).toBe("https://push/2");
  });
});

describe("a notice", () => {
  it("leads to the screen of what it is about", () => {
    expect(pathOf({ subject: "LOAN", subjectId: ID })).toBe(`/loans/${ID}`);
    expect(pathOf({ subject: "WELFARE", subjectId: ID })).toBe(`/welfare/${ID}`);
    expect(pathOf({ subject: "REVIEW", subjectId: ID })).toBe("/outbox");
  });

  it("leads nowhere else, whatever it says", () => {
    expect(pathOf({ subject: "LOAN", subjectId: "../account" })).toBe("/");
    expect(pathOf({ subject: "https://evil.example", subjectId: ID })).toBe("/");
  });

  it("is read only if it has words", () => {
    expect(readNotice(null)).toBeNull();
    expect(readNotice({ body: "x" })).toBeNull();
    expect(readNotice({ title: "A loan waits", subject: 7 })).toMatchObject({
      title: "A loan waits",
      subject: "",
      lang: "en",
    });
  });
});

describe("the service worker", () => {
  const shown: { title: string; options: NotificationOptions }[] = [];
  const opened: string[] = [];
  const page = {
    visibilityState: "visible",
    focus: vi.fn(async () => undefined),
    postMessage: vi.fn(),
  };
  let pages: (typeof page)[] = [];
  const listeners = new Map<string, (event: unknown) => void>();

  beforeEach(async () => {
    shown.length = 0;
    opened.length = 0;
    pages = [];
    page.focus.mockClear();
    page.postMessage.mockClear();
    vi.stubGlobal("self", {
      registration: {
        showNotification: async (title: string, options: NotificationOptions) => {
          shown.push({ title, options });
        },
      },
      clients: {
        matchAll: async () => pages,
        openWindow: async (url: string) => opened.push(url),
      },
      addEventListener: (type: string, listener: (event: unknown) => void) =>
        listeners.set(type, listener),
    });
    (await import("../src/sw-notices")).listenForNotices();
  });

  async function happens(type: string, event: object): Promise<void> {
    let work: Promise<unknown> = Promise.resolve();
    listeners.get(type)?.({
      ...event,
      waitUntil: (given: Promise<unknown>) => {
        work = given;
      },
    });
    await work;
  }

  const click = (path: string) =>
    happens("notificationclick", { notification: { data: { path }, close: () => undefined } });

  it("shows what was pushed, one for each loan", async () => {
    const notice = { title: "Mkopo umeidhinishwa", body: "Umoja", lang: "sw", tag: ID };
    await happens("push", {
      data: { json: () => ({ ...notice, subject: "LOAN", subjectId: ID }) },
    });
    expect(shown).toMatchObject([
      {
        title: "Mkopo umeidhinishwa",
        options: { body: "Umoja", lang: "sw", tag: ID, data: { path: `/loans/${ID}` } },
      },
    ]);
  });

  it("shows something whatever was pushed, and tells the open page to fetch", async () => {
    pages = [page];
    const broken = () => {
      throw new SyntaxError("no JSON");
    };
    await happens("push", { data: { json: broken } });
    await happens("push", { data: null });
    expect(shown.map(({ options }) => options.data)).toEqual([{ path: "/" }, { path: "/" }]);
    expect(page.postMessage).toHaveBeenCalledWith({ type: "NOTICE_CAME" });
  });

  it("gives the server the new address when the push service takes the old one away", async () => {
    const { server, saved } = pushServer(KEY);
    const store = await freshStore(server);
    await saveAccount(store.userId, { name: "Peter", lastUsedAt: Date.now() });
    await setMeta(store, "notices", { wanted: true, language: "sw" });
    Object.assign(
      (globalThis.self as unknown as { registration: object }).registration,
      new FakePush(),
    );
    await happens("pushsubscriptionchange", {});
    expect(saved).toMatchObject([{ language: "sw", endpoint: "https://push/1" }]);
  });

  it("opens the app at the screen where no page is open", async () => {
    await click("/outbox");
    expect(opened).toEqual([`${import.meta.env.BASE_URL}#/outbox`]);
  });

  it("shows the screen in the page that is open", async () => {
    pages = [page];
    await click("/outbox");
    expect(page.postMessage).toHaveBeenCalledWith({ type: "OPEN_SCREEN", path: "/outbox" });
    expect(page.focus).toHaveBeenCalled();
    expect(opened).toEqual([]);
  });
});
