/** AES-256-GCM sealing of JSON values, and the making of keys. docs/phone.md says which key is for what. */
import type { Sealed } from "./schema";

const AES = { name: "AES-GCM", length: 256 } as const;
const USES: KeyUsage[] = ["encrypt", "decrypt"];
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lives in IndexedDB as a CryptoKey whose bytes no script can read. */
export function makeSealKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(AES, false, USES);
}

export function makeDeviceSecret(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
}

/** `place` (store and id) is authenticated: a ciphertext moved to another record does not open. */
export async function seal(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  return sealBytes(key, place, encoder.encode(JSON.stringify(value)));
}

export async function unseal<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  return JSON.parse(decoder.decode(await unsealBytes(key, place, sealed))) as T;
}

export async function sealBytes(
  key: CryptoKey,
  place: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(gcm(iv, place), key, bytes);
  return { iv, data };
}

export async function unsealBytes(
  key: CryptoKey,
  place: string,
  sealed: Sealed,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt(gcm(sealed.iv, place), key, sealed.data));
}

function gcm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(place) };
}

/**
 * The key that wraps the data key. A PIN of six digits alone falls to a million guesses
 * offline; so the PIN is first signed with the device secret, which cannot be copied out
 * through the browser, and then stretched.
 */
export async function derivePinKey(
  secret: CryptoKey,
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const keyed = await crypto.subtle.sign("HMAC", secret, encoder.encode(pin));
  const material = await crypto.subtle.importKey("raw", keyed, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    AES,
    false,
    USES,
  );
}

export function importDataKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, AES, false, USES);
}
