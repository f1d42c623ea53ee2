/**
 * Bundles the API explorer into dist/graphiql: index.html, one script with its lazy parts, one style
 * sheet, and Monaco's three workers as files of their own, because the page's policy allows workers
 * from this origin only. Everything is under /graphiql/ and nothing is loaded from elsewhere. Runs
 * after the vite build, which empties dist.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const TARGET = at("../dist/graphiql");
const PUBLIC = "/graphiql/assets/";

const SHARED = {
  bundle: true,
  minify: true,
  metafile: true,
  target: "es2022",
  outdir: `${TARGET}/assets`,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".ttf": "file", ".woff": "file", ".woff2": "file" },
};

/**
 * GraphiQL's style sheet carries its fonts as data: addresses, which a strict policy refuses and
 * every visitor would load all of. Here they become files, loaded when a letter needs them.
 */
const fontsAsFiles = {
  name: "fonts-as-files",
  setup(builder) {
    const fonts = new Map();
    const take = (_match, type, data) => {
      const name = `${createHash("sha256").update(data).digest("hex").slice(0, 16)}.${type}`;
      fonts.set(name, Buffer.from(data, "base64"));
      return `url("font-from-data:${name}")`;
    };
    builder.onLoad({ filter: /graphiql[\\/].*\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        /url\(["']?data:font\/(\w+);base64,([^"')]+)["']?\)/g,
        take,
      ),
      loader: "css",
    }));
    builder.onResolve({ filter: /^font-from-data:/ }, ({ path }) => ({
      path: path.slice("font-from-data:".length),
      namespace: "font-from-data",
    }));
    builder.onLoad({ filter: /.*/, namespace: "font-from-data" }, ({ path }) => ({
      contents: fonts.get(path),
      loader: "file",
    }));
  },
};

/** The address of the built file that came from an entry point. */
function addressOf({ metafile }, entry, extension) {
  const found = Object.entries(metafile.outputs).find(
    ([path, output]) => output.entryPoint?.endsWith(entry) && path.endsWith(".js"),
  );
  if (!found) throw new Error(`no output for ${entry}`);
  const path = extension === ".css" ? found[1].cssBundle : found[0];
  return PUBLIC + basename(path);
}

async function buildWorkers() {
  const entries = {
    editor: "monaco-editor/esm/vs/editor/editor.worker.js",
    json: "monaco-editor/esm/vs/language/json/json.worker.js",
    graphql: "monaco-graphql/esm/graphql.worker.js",
  };
  const result = await build({ ...SHARED, format: "iife", entryPoints: Object.values(entries) });
  return Object.fromEntries(
    Object.entries(entries).map(([label, entry]) => [label, addressOf(result, entry, ".js")]),
  );
}

async function buildPage(workers) {
  const result = await build({
    ...SHARED,
    format: "esm",
    splitting: true,
    publicPath: PUBLIC,
    entryPoints: [at("main.tsx")],
    jsx: "automatic",
    plugins: [fontsAsFiles],
    define: { ...SHARED.define, WORKER_ADDRESSES: JSON.stringify(workers) },
  });
  return {
    script: addressOf(result, "main.tsx", ".js"),
    style: addressOf(result, "main.tsx", ".css"),
  };
}

await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
const { script, style } = await buildPage(await buildWorkers());
const html = await readFile(at("index.html"), "utf8");
await writeFile(`${TARGET}/index.html`, html.replace("%SCRIPT%", script).replace("%STYLE%", style));
console.log(`dist/graphiql: ${basename(script)}, ${basename(style)}`);
