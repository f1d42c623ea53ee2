/**
 * A signer's P-256 key on the officer's phone (design.md, Sync): made once online, its private
 * half wrapped by a key made from the signer's own PIN, its public half registered with the
 * server (app/services/signing_keys.py). Unwrapped it lives in memory and no script can read it.
 */
const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const BY_SHA256 = { name: "ECDSA", hash: "SHA-256" } as const;

export interface WrappedKey {
  iv: Uint8Array<ArrayBuffer>;
  /** PKCS #8, sealed by AES-GCM. */
  data: ArrayBuffer;
}

export interface MadeKey {
  /** Base64 of the SubjectPublicKeyInfo, as enrolSigningKey takes it. */
  publicKey: string;
  wrapped: WrappedKey;
}

/**
 * `pinKey` is an AES-GCM key (encrypt, decrypt) made from the signer's PIN and the phone's own
 * secret; `keyId` is authenticated, so that a wrapped key does not open in another's place.
 */
export async function makeSigningKey(pinKey: CryptoKey, keyId: string): Promise<MadeKey> {
  // It must be extractable this once, to be wrapped; this handle is dropped at the end.
  const pair = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const bare = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(sealed(iv, keyId), pinKey, bare);
  bare.fill(0);
  return { publicKey: base64(spki), wrapped: { iv, data } };
}

/** The private key for signing alone; null for a wrong PIN, or a wrapped key of another id. */
export async function openSigningKey(
  pinKey: CryptoKey,
  keyId: string,
  { iv, data }: WrappedKey,
): Promise<CryptoKey | null> {
  let bare: Uint8Array<ArrayBuffer>;
  try {
    bare = new Uint8Array(await crypto.subtle.decrypt(sealed(iv, keyId), pinKey, data));
  } catch {
    return null;
  }
  const key = await crypto.subtle.importKey("pkcs8", bare, P256, false, ["sign"]);
  bare.fill(0);
  return key;
}

/** Base64url of r and s (64 bytes) over the 32 bytes of a digest, as SignatureInput takes it. */
export async function signDigest(key: CryptoKey, digest: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = new Uint8Array(await crypto.subtle.sign(BY_SHA256, key, digest));
  return base64(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function sealed(iv: Uint8Array<ArrayBuffer>, keyId: string): AesGcmParams {
  const place = new TextEncoder().encode(`signing-key/${keyId.toLowerCase()}`);
  return { name: "AES-GCM", iv, additionalData: place };
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
