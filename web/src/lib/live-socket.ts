/**
 * The one WebSocket of this tab (graphql-transport-ws). It opens with the first subscription, keeps
 * reconnecting with a fresh token, notices a half-open line by missing pongs, and tells each
 * subscriber when it is `ready`: the subscription stands, so a snapshot loaded from now on plus what
 * `next` brings leaves no gap.
 */
import { type Client, createClient } from "graphql-ws";
import type { TypedDocumentString } from "../gen/graphql";
import { ENDPOINT } from "./graphql-request";
import { setLiveStatus } from "./live-status";
import { accessToken, renewToken, sessionState, subscribeSession } from "./session";

export type LiveHandlers<R> = {
  next: (data: R) => void;
  /** After the first connection and after every new one: load the snapshot (again). */
  ready: () => void;
};

const FORBIDDEN = 4403;
const PING_MS = 10_000;
const PONG_MS = 5_000;
/** The protocol does not acknowledge a subscription, so the snapshot waits a moment for it. */
const SETTLE_MS = 250;
const LONGEST_WAIT_MS = 15_000;

type Subscriber = { ready: () => void };

const subscribers = new Set<Subscriber>();
let client: Client | null = null;
let connected = false;
/** The token that the server closed the socket over, though it looked good here. */
let refusedToken: string | null = null;
let lastToken: string | null = null;

export function subscribeLive<R, V extends Record<string, unknown>>(
  document: TypedDocumentString<R, V>,
  variables: V,
  handlers: LiveHandlers<R>,
): () => void {
  const subscriber: Subscriber = { ready: handlers.ready };
  let stop = () => {};
  let stopped = false;
  let attempts = 0;

  const again = () => {
    if (stopped || !sessionState().user) return;
    attempts += 1;
    void waitToRetry(attempts).then(start);
  };
  const start = () => {
    if (stopped || !sessionState().user) return;
    stop = ensureClient().subscribe<R>(
      { query: document.toString(), variables },
      {
        next: (message) => {
          attempts = 0;
          if (message.data) handlers.next(message.data as R);
        },
        // A refusal by the server is final (the group is out of reach); a broken line is not.
        error: (cause) => (Array.isArray(cause) ? undefined : again()),
        complete: again,
      },
    );
    if (connected) setTimeout(() => stopped || handlers.ready(), SETTLE_MS);
  };

  subscribers.add(subscriber);
  start();
  return () => {
    stopped = true;
    subscribers.delete(subscriber);
    stop();
  };
}

/** Every view that follows events loads anew: the server said that it missed some. */
export function announceFetchAgain(): void {
  for (const subscriber of subscribers) subscriber.ready();
}

function ensureClient(): Client {
  client ??= openClient();
  return client;
}

function openClient(): Client {
  const opened = createClient({
    url: ENDPOINT,
    connectionParams: async () => ({ authorization: `Bearer ${await tokenForSocket()}` }),
    keepAlive: PING_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: waitToRetry,
    shouldRetry: () => sessionState().user !== null,
    lazyCloseTimeout: 2_000,
  });
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  opened.on("ping", (received) => {
    if (received) return;
    clearTimeout(pongTimer);
    pongTimer = setTimeout(() => opened.terminate(), PONG_MS);
  });
  opened.on("pong", (received) => received && clearTimeout(pongTimer));
  opened.on("connected", () => {
    connected = true;
    setLiveStatus("live");
    // Whoever subscribes after this moment is told by its own start.
    const waiting = [...subscribers];
    setTimeout(() => {
      if (!connected) return;
      for (const subscriber of waiting) if (subscribers.has(subscriber)) subscriber.ready();
    }, SETTLE_MS);
  });
  opened.on("closed", (event) => {
    connected = false;
    clearTimeout(pongTimer);
    if ((event as CloseEvent).code === FORBIDDEN) refusedToken = lastToken;
    setLiveStatus(navigator.onLine ? "reconnecting" : "offline");
  });
  return opened;
}

async function tokenForSocket(): Promise<string> {
  let token = await accessToken();
  if (token && token === refusedToken) token = await renewToken(token);
  if (!token) throw new Error("signed out");
  lastToken = token;
  return token;
}

/** Doubling waits with some chance in them, so that a restarted server is not stormed. */
function waitToRetry(attempt: number): Promise<void> {
  const longest = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(attempt, 6));
  const wait = longest * (0.5 + Math.random() / 2);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, wait);
    window.addEventListener("online", done);
  });
}

window.addEventListener("offline", () => setLiveStatus("offline"));
// A socket that lived through an outage may be half-open; a new one is certain.
window.addEventListener("online", () => {
  setLiveStatus("reconnecting");
  client?.terminate();
});
subscribeSession(() => {
  if (sessionState().user) return;
  connected = false;
  // One that is still connecting fails on the token that is gone: that is how it should end.
  Promise.resolve(client?.dispose()).catch(() => undefined);
  client = null;
});
