/**
 * UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits. The 12 bits of
 * rand_a count up within a millisecond, so ids made on one device sort in the order of
 * making, even when the clock stands still or is set back.
 */
let lastMs = 0;
let counter = 0;

export function uuidv7(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    // Starts in the lower half, so that 2,048 more fit into the same millisecond.
    counter = randomBits() & 0x7ff;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  return compose(lastMs, counter);
}

function randomBits(): number {
  const word = new Uint16Array(1);
  crypto.getRandomValues(word);
  return word[0] ?? 0;
}

function compose(ms: number, randA: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(ms / 2 ** 32));
  view.setUint32(2, ms % 2 ** 32);
  view.setUint16(6, 0x7000 | randA);
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
