import { beforeEach, expect, test, vi } from "vitest";
import { PlacesDocument } from "../gen/graphql";
import { fakeServer, refusal, tokens } from "../test/server";

type BaseQuery = typeof import("./base-query")["graphqlBaseQuery"];
let baseQuery: BaseQuery;
let patient: BaseQuery;
let signIn: (phone: string, password: string) => Promise<unknown>;

beforeEach(async () => {
  vi.resetModules();
  ({ signIn } = await import("../lib/session"));
  const found = await import("./base-query");
  baseQuery = found.graphqlBaseQuery;
  patient = found.patientBaseQuery as BaseQuery;
});

function ask() {
  const context = { signal: new AbortController().signal } as Parameters<BaseQuery>[1];
  return baseQuery({ document: PlacesDocument }, context, {});
}

const login = () => ({ data: { login: tokens("a1", "r1") } });
const places = () => ({ data: { places: [] } });

test("sends the token and returns the data", async () => {
  const sent = fakeServer({ Login: login, Places: places });
  await signIn("254700000001", "x");
  expect(await ask()).toEqual({ data: { places: [] } });
  expect(sent.at(-1)).toMatchObject({ operation: "Places", token: "a1" });
});

test("a token the server no longer takes is renewed and the request sent once more", async () => {
  const sent = fakeServer({
    Login: login,
    Places: ({ token }) => (token === "a2" ? places() : refusal("UNAUTHENTICATED")),
    RefreshToken: () => ({ data: { refreshToken: tokens("a2", "r2") } }),
  });
  await signIn("254700000001", "x");
  const answers = await Promise.all([ask(), ask(), ask()]);
  for (const answer of answers) expect(answer).toEqual({ data: { places: [] } });
  expect(sent.filter(({ operation }) => operation === "RefreshToken")).toHaveLength(1);
});

test("a fresh token that is refused too is not tried for ever", async () => {
  const sent = fakeServer({
    Login: login,
    Places: () => refusal("UNAUTHENTICATED"),
    RefreshToken: () => ({ data: { refreshToken: tokens("a2", "r2") } }),
  });
  await signIn("254700000001", "x");
  expect(await ask()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
  expect(sent.filter(({ operation }) => operation === "Places")).toHaveLength(2);
});

test("signed out, nothing is sent", async () => {
  const sent = fakeServer({ Places: places });
  expect(await ask()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
  expect(sent).toEqual([]);
});

test("no signal, a proxy's page and a fault of the server are told apart", async () => {
  fakeServer({ Login: login, Places: () => refusal("INTERNAL") });
  await signIn("254700000001", "x");
  expect(await ask()).toMatchObject({ error: { kind: "broken" } });
  vi.stubGlobal("fetch", async () => new Response("<html>Bad gateway", { status: 502 }));
  expect(await ask()).toMatchObject({ error: { kind: "offline" } });
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  expect(await ask()).toMatchObject({ error: { kind: "offline" } });
});

test("a read without an answer is asked again, a write and a refusal are not", async () => {
  fakeServer({ Login: login });
  await signIn("254700000001", "x");
  vi.useFakeTimers();
  const answers = [new TypeError("Failed to fetch"), new TypeError("Failed to fetch"), places()];
  const sent = vi.fn(async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return Response.json(next);
  });
  vi.stubGlobal("fetch", sent);
  const asked = async (type: "query" | "mutation") => {
    const context = { signal: new AbortController().signal, type } as Parameters<BaseQuery>[1];
    const answer = patient({ document: PlacesDocument }, context, {});
    await vi.runAllTimersAsync();
    return answer;
  };
  expect(await asked("query")).toMatchObject({ data: { places: [] } });
  expect(sent).toHaveBeenCalledTimes(3);
  answers.push(new TypeError("Failed to fetch"), places());
  expect(await asked("mutation")).toMatchObject({ error: { kind: "offline" } });
  expect(sent).toHaveBeenCalledTimes(4);
  answers.length = 0;
  answers.push(...Array(9).fill(new TypeError("Failed to fetch")));
  expect(await asked("query")).toMatchObject({ error: { kind: "offline" } });
  expect(sent).toHaveBeenCalledTimes(9);
  vi.useRealTimers();
});

test("every failed rule comes out, each with its field", async () => {
  fakeServer({
    Login: login,
    Places: () => ({
      errors: [
        {
          message: "Two things are wrong.",
          extensions: {
            code: "BAD_INPUT",
            failures: [
              { code: "BAD_INPUT", message: "No such ward.", field: "ward" },
              { code: "BAD_INPUT", message: "This code is taken.", field: "groupCode" },
            ],
          },
        },
      ],
    }),
  });
  await signIn("254700000001", "x");
  const { error } = await ask();
  expect(error?.failures.map(({ field }) => field)).toEqual(["ward", "groupCode"]);
});
