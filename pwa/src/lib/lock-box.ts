/** A value locked by a code that is told apart from the file: AES-256-GCM under PBKDF2-SHA-256. */
const ITERATIONS = 600_000;
/** Crockford's: no letter is taken for a digit when it is read out. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

export interface LockBox {
  salt: string;
  iterations: number;
  iv: string;
  data: string;
}

export class WrongCode extends Error {}

/** 60 random bits, as "7KQ2-M4XT-9RWB". */
export function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** As it was meant, however it was typed; null where it is no code. */
export function readCode(typed: string): string | null {
  const letters = typed
    .toUpperCase()
    .replace(/[\s-]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
    ? letters
    : null;
}

export async function lockBox(code: string, value: unknown): Promise<LockBox> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(code, salt, ITERATIONS);
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
  return {
    salt: toBase64(salt),
    iterations: ITERATIONS,
    iv: toBase64(iv),
    data: toBase64(new Uint8Array(data)),
  };
}

export async function openBox(code: string, box: LockBox): Promise<unknown> {
  const key = await keyOf(code, fromBase64(box.salt), box.iterations);
  try {
    const data = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: fromBase64(box.iv) },
      key,
      fromBase64(box.data),
    );
    return JSON.parse(new TextDecoder().decode(data)) as unknown;
  } catch (cause) {
    throw new WrongCode("another code, or a changed file", { cause });
  }
}

async function keyOf(code: string, salt: Uint8Array<ArrayBuffer>, iterations: number) {
  const plain = readCode(code) ?? "";
  const material = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(plain),
    "PBKDF2",
    false,
    ["deriveKey"],
  );
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
