/**
 * The published receipt number: "TB-" and the first 60 bits (big-endian) of SHA-256 over
 * the lower-case, hyphenated ASCII form of the id, as 12 characters of Crockford's base32
 * in groups of four. The id is the operation's offlineSyncId, else the record's own id.
 * The server computes the same, so the number on the phone's slip is the one in the books.
 * The code is the 20 bits that follow, as 4 characters: with both, anyone may check the receipt.
 */
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function receiptNumber(id: string): Promise<string> {
  return (await receiptOf(id)).receiptNumber;
}

/** Number and code, under the names that the API has for them. */
export async function receiptOf(
  id: string,
): Promise<{ receiptNumber: string; receiptCode: string }> {
  const canonical = id.toLowerCase();
  if (!UUID.test(canonical)) throw new Error(`not a UUID: ${id}`);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical));
  const view = new DataView(digest);
  // 80 bits: sixteen characters.
  let bits = (view.getBigUint64(0) << 16n) | BigInt(view.getUint16(8));
  let text = "";
  for (let i = 0; i < 16; i += 1) {
    text = CROCKFORD[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return {
    receiptNumber: `TB-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}`,
    receiptCode: text.slice(12),
  };
}

/** Where a receipt is checked; null where others could not reach it: on the machine itself. */
export function checkPage(origin: string): string | null {
  const { hostname } = new URL(origin);
  const own = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return own ? null : `${origin}/receipt`;
}
