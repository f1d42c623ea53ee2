/**
 * The PIN's lock on the data key. Attempts are counted on disk before each try, so that
 * closing the app does not give a free guess.
 */
import { derivePinKey, importDataKey, sealBytes, unsealBytes } from "./crypto";
import { loadAccount, loadDevice, saveAccount } from "./device";
import type { Vault } from "./schema";

export const PBKDF2_ITERATIONS = 600_000;
export const MAX_WRONG_PINS = 10;
const FREE_TRIES = 4;
const FIRST_DELAY_MS = 30_000;

export type UnlockResult =
  | { kind: "open"; dataKey: CryptoKey }
  | { kind: "wrong"; triesLeft: number; lockedUntil: number }
  | { kind: "delayed"; lockedUntil: number }
  /** Ten wrong PINs: the way to the copy of the server's data is gone, a password is needed. */
  | { kind: "exhausted" };

/** After four free tries: 30 s, then twice as long each time. */
export function delayAfter(wrongPins: number): number {
  return wrongPins <= FREE_TRIES ? 0 : FIRST_DELAY_MS * 2 ** (wrongPins - FREE_TRIES - 1);
}

export function isPin(text: string): boolean {
  return /^\d{4,6}$/.test(text);
}

/** One digit repeated, or a run such as 123456: the first that a thief would try. */
export function isWeakPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9);
}

const place = (userId: string) => `vault:${userId}`;

/** Makes a new data key under a new PIN. What was sealed under an older key cannot be read again. */
export async function createVault(
  userId: string,
  pin: string,
  iterations = PBKDF2_ITERATIONS,
): Promise<CryptoKey> {
  const { secret } = await loadDevice();
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const pinKey = await derivePinKey(secret, pin, salt, iterations);
  const vault: Vault = {
    salt,
    iterations,
    pinLength: pin.length,
    wrapped: await sealBytes(pinKey, place(userId), raw),
  };
  const dataKey = await importDataKey(raw);
  raw.fill(0);
  await saveAccount(userId, { vault, wrongPins: 0, lockedUntil: 0 });
  return dataKey;
}

export async function unlock(
  userId: string,
  pin: string,
  now: number = Date.now(),
): Promise<UnlockResult> {
  const account = await loadAccount(userId);
  if (!account?.vault) return { kind: "exhausted" };
  if (now < account.lockedUntil) return { kind: "delayed", lockedUntil: account.lockedUntil };
  const wrongPins = account.wrongPins + 1;
  const lockedUntil = now + delayAfter(wrongPins);
  await saveAccount(userId, { wrongPins, lockedUntil });
  const dataKey = await tryPin(userId, account.vault, pin);
  if (dataKey) {
    await saveAccount(userId, { wrongPins: 0, lockedUntil: 0, lastUsedAt: now });
    return { kind: "open", dataKey };
  }
  if (wrongPins < MAX_WRONG_PINS) {
    return { kind: "wrong", triesLeft: MAX_WRONG_PINS - wrongPins, lockedUntil };
  }
  await saveAccount(userId, { vault: null, wrongPins: 0, lockedUntil: 0 });
  return { kind: "exhausted" };
}

async function tryPin(userId: string, vault: Vault, pin: string): Promise<CryptoKey | null> {
  const { secret } = await loadDevice();
  const pinKey = await derivePinKey(secret, pin, vault.salt, vault.iterations);
  try {
    const raw = await unsealBytes(pinKey, place(userId), vault.wrapped);
    const dataKey = await importDataKey(raw);
    raw.fill(0);
    return dataKey;
  } catch {
    return null;
  }
}
