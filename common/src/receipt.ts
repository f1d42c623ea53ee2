/**
 * The published receipt number: "TB-" and the first 60 bits (big-endian) of SHA-256 over
 * the lower-case, hyphenated ASCII form of the id, as 12 characters of Crockford's base32
 * in groups of four. The id is the operation's offlineSyncId, else the record's own id.
 * The server computes the same, so the number on the phone's slip is the one in the books.
 */
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function receiptNumber(id: string): Promise<string> {
  const canonical = id.toLowerCase();
  if (!UUID.test(canonical)) throw new Error(`not a UUID: ${id}`);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical));
  let bits = new DataView(digest).getBigUint64(0) >> 4n;
  let text = "";
  for (let i = 0; i < 12; i += 1) {
    text = CROCKFORD[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return `TB-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
