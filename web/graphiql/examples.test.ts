import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { EXAMPLES } from "./examples";

const schema = buildSchema(readFileSync("../schema.graphql", "utf8"));

test.each(EXAMPLES)("the example is valid: $query", ({ query, variables }) => {
  expect(validate(schema, parse(query))).toEqual([]);
  if (variables) expect(() => JSON.parse(variables)).not.toThrow();
});
