/**
 * Keys of chairs and committee members on this officer's phone: the private half is wrapped by
 * their own PIN (with the phone's secret, as the officer's own), names and all lie under the seal
 * key. Wrong PINs are counted on disk before each try.
 */
import { makeSigningKey, openSigningKey } from "@tablebanking/common/signing-keys";
import { derivePinKey } from "./crypto";
import { loadDevice } from "./device";
import { loadDraft, saveDraft, type UserStore } from "./user-store";
import { delayAfter, MAX_WRONG_PINS, PBKDF2_ITERATIONS } from "./vault";

export type SignerRole = "GROUP_CHAIR" | "GROUP_COMMITTEE";

export interface Signer {
  keyId: string;
  userId: string;
  name: string;
  role: SignerRole;
  groupId: string;
  salt: string;
  iterations: number;
  wrapped: { iv: string; data: string };
  wrongPins: number;
  lockedUntil: number;
}

export type SignerKey =
  | { kind: "open"; key: CryptoKey }
  | { kind: "wrong"; triesLeft: number; lockedUntil: number }
  | { kind: "delayed"; lockedUntil: number }
  /** Ten wrong PINs: the key is gone, and is made anew by signing in. */
  | { kind: "gone" };

const PLACE = "signers";

export async function listSigners(store: UserStore): Promise<Signer[]> {
  return (await loadDraft<Signer[]>(store, PLACE)) ?? [];
}

/** A key is made again by who forgot the PIN: the new one takes the old one's place. */
export async function keepSigner(store: UserStore, signer: Signer): Promise<void> {
  const others = (await listSigners(store)).filter((one) => one.userId !== signer.userId);
  await saveDraft(store, PLACE, [...others, signer]);
}

async function change(
  store: UserStore,
  keyId: string,
  changes: Partial<Signer> | null,
): Promise<void> {
  const all = await listSigners(store);
  const next = all.flatMap((one) => {
    if (one.keyId !== keyId) return [one];
    return changes ? [{ ...one, ...changes }] : [];
  });
  await saveDraft(store, PLACE, next);
}

export const dropSigner = (store: UserStore, keyId: string) => change(store, keyId, null);

/** A new key pair under a PIN: what is kept here, and the half that the server gets. */
export async function makeSigner(
  about: Pick<Signer, "keyId" | "userId" | "name" | "role" | "groupId">,
  pin: string,
  iterations = PBKDF2_ITERATIONS,
): Promise<{ signer: Signer; publicKey: string }> {
  const { secret } = await loadDevice();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const pinKey = await derivePinKey(secret, pin, salt, iterations);
  const { publicKey, wrapped } = await makeSigningKey(pinKey, about.keyId);
  const signer: Signer = {
    ...about,
    salt: toText(salt),
    iterations,
    wrapped: { iv: toText(wrapped.iv), data: toText(new Uint8Array(wrapped.data)) },
    wrongPins: 0,
    lockedUntil: 0,
  };
  return { signer, publicKey };
}

export async function openSigner(
  store: UserStore,
  keyId: string,
  pin: string,
  now: number = Date.now(),
): Promise<SignerKey> {
  const signer = (await listSigners(store)).find((one) => one.keyId === keyId);
  if (!signer) return { kind: "gone" };
  if (now < signer.lockedUntil) return { kind: "delayed", lockedUntil: signer.lockedUntil };
  const wrongPins = signer.wrongPins + 1;
  const lockedUntil = now + delayAfter(wrongPins);
  await change(store, keyId, { wrongPins, lockedUntil });
  const { secret } = await loadDevice();
  const pinKey = await derivePinKey(secret, pin, toBytes(signer.salt), signer.iterations);
  const key = await openSigningKey(pinKey, keyId, {
    iv: toBytes(signer.wrapped.iv),
    data: toBytes(signer.wrapped.data).buffer,
  });
  if (key) {
    await change(store, keyId, { wrongPins: 0, lockedUntil: 0 });
    return { kind: "open", key };
  }
  if (wrongPins < MAX_WRONG_PINS) {
    return { kind: "wrong", triesLeft: MAX_WRONG_PINS - wrongPins, lockedUntil };
  }
  await dropSigner(store, keyId);
  return { kind: "gone" };
}

const toText = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
