/**
 * Who is signed in, and the only holder of the tokens. They stand in localStorage, so that all tabs
 * share one session; a refresh token works once and its re-use revokes the whole family, so renewing
 * is single-flight across tabs (a Web Lock), and whoever gets the lock looks first whether another
 * tab has renewed already.
 */
import {
  type AccountFragment,
  LoginDocument,
  LogoutDocument,
  RefreshTokenDocument,
} from "../gen/graphql";
import { thisDevice } from "./device";
import { type RequestError, type Result, requestGraphQL } from "./graphql-request";

type StoredSession = {
  accessToken: string;
  refreshToken: string;
  /** By this device's clock, from the moment the token arrived. */
  expiresAt: number;
  user: AccountFragment;
};

type TokenAnswer = {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  user: AccountFragment;
};

export type SessionState = { user: AccountFragment | null; ended: "signedOut" | "expired" | null };

export const STORAGE_KEY = "tablebanking.session";
const LOCK = "tablebanking.session.renew";
/** A token this near its end is renewed first: the request must not arrive with a dead one. */
const EARLY_MS = 30_000;

const listeners = new Set<() => void>();
let renewing: Promise<string | null> | null = null;
let state: SessionState = { user: readStored()?.user ?? null, ended: null };

window.addEventListener("storage", (event) => {
  if (event.key === STORAGE_KEY) publish(state.ended);
});

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function sessionState(): SessionState {
  return state;
}

export async function signIn(phone: string, password: string): Promise<RequestError | null> {
  const input = { phone, password, device: thisDevice() };
  const result = await requestGraphQL(LoginDocument, { input }, null);
  if ("error" in result) return result.error;
  store(result.data.login);
  publish(null);
  return null;
}

/** Signs out here and in all tabs at once; telling the server may fail without signal. */
export async function signOut(): Promise<void> {
  const stored = readStored();
  end("signedOut");
  if (!stored) return;
  await requestGraphQL(LogoutDocument, { refreshToken: stored.refreshToken }, stored.accessToken);
}

/** A token that is good for now, renewed if need be. Null: nobody is signed in any more. */
export async function accessToken(): Promise<string | null> {
  const stored = readStored();
  if (!stored) return null;
  if (stored.expiresAt - Date.now() > EARLY_MS) return stored.accessToken;
  return renewToken(stored.accessToken);
}

/**
 * Replaces `stale`, which the server refused or which is about to end. Null when the session is over.
 * Without signal it rejects, and the session stays: a dead network must not sign anyone out.
 */
export function renewToken(stale: string): Promise<string | null> {
  renewing ??= withLock(() => renewUnderLock(stale)).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewUnderLock(stale: string): Promise<string | null> {
  const stored = readStored();
  if (!stored) return null;
  if (stored.accessToken !== stale) return stored.accessToken;
  const result = await requestGraphQL(
    RefreshTokenDocument,
    { refreshToken: stored.refreshToken },
    null,
  );
  return settleRenewal(result);
}

function settleRenewal(result: Result<{ refreshToken: TokenAnswer }>): string | null {
  if ("data" in result) {
    // Signed out meanwhile, here or in another tab: the new token must not bring it back.
    if (!readStored()) return null;
    store(result.data.refreshToken);
    publish(null);
    return result.data.refreshToken.accessToken;
  }
  const { kind, code } = result.error;
  if (kind !== "refused" || code === "TOO_MANY_REQUESTS") throw new RenewalFailed(result.error);
  end("expired");
  return null;
}

export class RenewalFailed extends Error {
  constructor(readonly reason: RequestError) {
    super(reason.code);
  }
}

/** Pages served over plain http on a network address have no Web Locks: one tab is then the limit. */
function withLock<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator) || !navigator.locks) return work();
  return navigator.locks.request(LOCK, work) as Promise<T>;
}

function end(why: SessionState["ended"]): void {
  localStorage.removeItem(STORAGE_KEY);
  publish(why);
}

function store(answer: TokenAnswer): void {
  const stored: StoredSession = {
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken,
    expiresAt: Date.now() + answer.expiresIn * 1000,
    user: answer.user,
  };
  localStorage.setItem(STORAGE_KEY, JSON.stringify(stored));
}

function readStored(): StoredSession | null {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
  } catch {
    return null;
  }
}

function publish(ended: SessionState["ended"]): void {
  const user = readStored()?.user ?? null;
  if (user?.id === state.user?.id && ended === state.ended) return;
  state = { user, ended };
  for (const listener of listeners) listener();
}
