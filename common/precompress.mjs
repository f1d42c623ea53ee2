/**
 * Writes each text file of a built app a second and a third time, as .br and .gz, so that the
 * server only picks the one that a browser takes (app/pages.py), at the best that each can do.
 */
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;
const SMALLEST = 500;

const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
const WAYS = { br: brotli, gz: (content) => gzipSync(content, { level: 9 }) };

const folder = process.argv[2];
for (const name of readdirSync(folder, { recursive: true })) {
  const file = join(folder, name);
  if (!TEXT.test(name) || statSync(file).size < SMALLEST) continue;
  const content = readFileSync(file);
  const { atime, mtime } = statSync(file);
  for (const [ending, compress] of Object.entries(WAYS)) {
    const smaller = compress(content);
    if (smaller.length >= content.length) continue;
    writeFileSync(`${file}.${ending}`, smaller);
    // The server trusts it only while it is as old as what it was made from.
    utimesSync(`${file}.${ending}`, atime, mtime);
  }
}
