import { expect, test } from "vitest";
import { named } from "./named";

const query = "query Groups { groups { totalCount } }";

test("a name of the tab before is left out", () => {
  expect(named({ query, operationName: "Login", variables: {} })).toEqual({ query, variables: {} });
});

test("a name that the document holds stays", () => {
  const params = { query: `${query} query Other { me { id } }`, operationName: "Groups" };
  expect(named(params)).toEqual(params);
});

test("what does not parse goes as it is", () => {
  const params = { query: "query {", operationName: "Groups" };
  expect(named(params)).toEqual(params);
});
