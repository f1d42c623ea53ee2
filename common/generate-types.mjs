/**
 * Writes `<app>/src/gen/graphql.ts` for each front end: the types of every operation the app uses,
 * and the operations themselves as typed strings (`documentMode: 'string'`, so that no GraphQL
 * parser reaches the browser).
 *
 * Operations live in `.graphql` files anywhere under `<app>/src` (and are shared by copying the few
 * fields, not by a common file: each app asks only for what it shows). A document named
 * `query Groups` becomes `GroupsDocument`, `GroupsQuery` and `GroupsQueryVariables`; fragments become
 * `XFragment`. Enums become unions of string literals, all decimal and date scalars strings.
 *
 * `npm run types` at the root runs it for all apps; `node common/generate-types.mjs web` for one.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const APPS = ["web", "pwa"];

const CONFIG = {
  documentMode: "string",
  enumType: "string-literal",
  useTypeImports: true,
  skipTypename: true,
  dedupeFragments: true,
  defaultScalarType: "unknown",
  strictScalars: true,
  scalars: {
    Money: "string",
    Percent: "string",
    UUID: "string",
    Date: "string",
    DateTime: "string",
    JSON: "unknown",
    Upload: "Blob",
  },
};

/** All operations of one app, parsed; codegen wants each with its place for its error messages. */
async function readDocuments(app) {
  const documents = [];
  for await (const path of findGraphqlFiles(join(ROOT, app, "src"))) {
    const text = await readFile(path, "utf8");
    documents.push({ location: relative(ROOT, path), document: parse(text) });
  }
  return documents.sort((a, b) => a.location.localeCompare(b.location));
}

async function* findGraphqlFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* findGraphqlFiles(path);
    else if (entry.name.endsWith(".graphql")) yield path;
  }
}

async function generate(app, schema) {
  const documents = await readDocuments(app);
  if (documents.length === 0) return;
  const filename = join(ROOT, app, "src", "gen", "graphql.ts");
  const content = await codegen({
    filename,
    schema,
    documents,
    config: CONFIG,
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: typescriptOperations, documents: typedDocumentNode },
  });
  // Written only when it changed, so that a watching dev server does not reload for nothing.
  const current = existsSync(filename) ? await readFile(filename, "utf8") : "";
  if (content === current) return;
  await mkdir(dirname(filename), { recursive: true });
  await writeFile(filename, content);
  console.log(`${relative(ROOT, filename)}: ${documents.length} documents`);
}

const schema = parse(await readFile(join(ROOT, "schema.graphql"), "utf8"));
const asked = process.argv.slice(2);
for (const app of asked.length > 0 ? asked : APPS) await generate(app, schema);
