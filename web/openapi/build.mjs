/**
 * Puts the page of the REST paths into dist/openapi: Swagger UI's own files and our start of it, by
 * names that hold a hash of their content. Runs after the vite build, which empties dist.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { resolve } = createRequire(import.meta.url);
const TARGET = at("../dist/openapi");
const FILES = {
  STYLE: resolve("swagger-ui-dist/swagger-ui.css"),
  BUNDLE: resolve("swagger-ui-dist/swagger-ui-bundle.js"),
  START: at("start.js"),
};

await rm(TARGET, { recursive: true, force: true });
await mkdir(`${TARGET}/assets`, { recursive: true });
let html = await readFile(at("index.html"), "utf8");
for (const [name, path] of Object.entries(FILES)) {
  const text = (await readFile(path, "utf8")).replace(/^\/\/# sourceMappingURL=.*$/m, "");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const file = `assets/${name.toLowerCase()}-${hash}${extname(path)}`;
  await writeFile(`${TARGET}/${file}`, text);
  html = html.replace(`%${name}%`, file);
}
await writeFile(`${TARGET}/index.html`, html);
console.log("dist/openapi: the page of the REST paths");
