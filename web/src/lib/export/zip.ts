/** A ZIP archive of text files, stored as they are: what an XLSX file is. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980: what stands here says nothing, so the same list gives the same file. */
const DATE = 0x0021;

export function zip(files: Readonly<Record<string, string>>): Blob {
  const encoder = new TextEncoder();
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = encoder.encode(path);
    const bytes = encoder.encode(content);
    const facts = [VERSION, FLAGS, 0, 0, DATE] as const;
    const sizes = [crc32(bytes), bytes.length, bytes.length] as const;
    const local = record(LOCAL, facts, sizes, [name.length, 0], [], name);
    directory.push(
      record(CENTRAL, [VERSION, ...facts], sizes, [name.length, 0, 0, 0, 0], [0, offset], name),
    );
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const count = directory.length;
  const end = record(END, [0, 0, count, count], [size, offset], [0], [], new Uint8Array());
  return new Blob([...parts, ...directory, end]);
}

type Numbers = readonly number[];

/** A signature, 16-bit, 32-bit, 16-bit and 32-bit numbers, and a name, all little-endian. */
function record(
  signature: number,
  shorts: Numbers,
  longs: Numbers,
  moreShorts: Numbers,
  moreLongs: Numbers,
  name: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const length =
    4 + 2 * (shorts.length + moreShorts.length) + 4 * (longs.length + moreLongs.length);
  const bytes = new Uint8Array(length + name.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const write16 = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const write32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  write32(signature);
  shorts.forEach(write16);
  longs.forEach(write32);
  moreShorts.forEach(write16);
  moreLongs.forEach(write32);
  bytes.set(name, at);
  return bytes;
}
