/**
 * The tokens of one officer, sealed at rest, usable by the page and the service worker.
 * A refresh token works once, and using one twice ends the session; so refreshing happens
 * under a Web Lock, and whoever comes second takes what the first one stored.
 */
import {
  LoginDocument,
  type LoginMutation,
  LogoutDocument,
  RefreshTokenDocument,
} from "../gen/graphql";
import { withLock } from "../platform/locks";
import { seal, unseal } from "../store/crypto";
import { loadDevice, saveAccount } from "../store/device";
import { getMeta, openUserStore, setMeta, type UserStore } from "../store/user-store";
import { Refused, request } from "./api";

export interface Session {
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
}

/** The server wants the password again: signed out, revoked, or a week without signal. */
export class SessionEnded extends Error {}

const EARLY_MS = 60_000;
const PLACE = "session";

export async function signIn(
  phone: string,
  password: string,
  deviceName: string,
): Promise<LoginMutation["login"]["user"]> {
  const { deviceId } = await loadDevice();
  const device = { id: deviceId, name: deviceName };
  const { login } = await request(LoginDocument, { input: { phone, password, device } });
  const store = await openUserStore(login.user.id);
  await withLock(lockName(store), () => keep(store, login));
  await saveAccount(login.user.id, {
    name: login.user.name,
    phone: login.user.phone,
    lastUsedAt: Date.now(),
  });
  return login.user;
}

/** Ends the session on the server if it can be reached; on the phone in any case. */
export async function signOut(store: UserStore): Promise<void> {
  await withLock(lockName(store), async () => {
    const session = await load(store);
    await store.db.delete("sync_metadata", "session");
    await setMeta(store, "sessionEnded", true);
    if (!session) return;
    await request(
      LogoutDocument,
      { refreshToken: session.refreshToken },
      { token: session.accessToken, timeoutMs: 5_000 },
    ).catch(() => undefined);
  });
}

/** Runs work with an access token; once more with a new one if the server calls it stale. */
export async function withToken<T>(
  store: UserStore,
  work: (token: string) => Promise<T>,
): Promise<T> {
  const token = await accessToken(store, null);
  try {
    return await work(token);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "UNAUTHENTICATED") throw error;
    return work(await accessToken(store, token));
  }
}

async function accessToken(store: UserStore, stale: string | null): Promise<string> {
  const usable = (session: Session | null) =>
    session && session.accessToken !== stale && session.expiresAt - EARLY_MS > Date.now();
  const known = await load(store);
  if (known && usable(known)) return known.accessToken;
  return withLock(lockName(store), async () => {
    const current = await load(store);
    if (current && usable(current)) return current.accessToken;
    if (!current) throw new SessionEnded();
    return refresh(store, current);
  });
}

async function refresh(store: UserStore, session: Session): Promise<string> {
  try {
    const answer = await request(RefreshTokenDocument, { refreshToken: session.refreshToken });
    await keep(store, answer.refreshToken);
    return answer.refreshToken.accessToken;
  } catch (error) {
    if (!(error instanceof Refused) || !ENDS_SESSION.has(error.code)) throw error;
    await store.db.delete("sync_metadata", "session");
    await setMeta(store, "sessionEnded", true);
    throw new SessionEnded();
  }
}

const ENDS_SESSION = new Set(["UNAUTHENTICATED", "FORBIDDEN", "BAD_INPUT", "NOT_FOUND"]);

async function keep(
  store: UserStore,
  tokens: { accessToken: string; refreshToken: string; expiresIn: number },
): Promise<void> {
  const session: Session = {
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    expiresAt: Date.now() + tokens.expiresIn * 1000,
  };
  await setMeta(store, "session", await seal(store.sealKey, PLACE, session));
  await setMeta(store, "sessionEnded", false);
}

async function load(store: UserStore): Promise<Session | null> {
  const sealed = await getMeta(store, "session");
  return sealed ? unseal<Session>(store.sealKey, PLACE, sealed) : null;
}

const lockName = (store: UserStore) => `tablebanking-token-${store.userId}`;
