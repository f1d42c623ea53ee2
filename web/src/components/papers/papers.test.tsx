import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { fireEvent, render, screen } from "@testing-library/react";
import { Provider } from "react-redux";
import { afterEach, expect, test, vi } from "vitest";
import { api } from "../../api/api";
import { loadLater } from "../../i18n";
import { signIn } from "../../lib/session";
import { fakeServer, refusal, tokens } from "../../test/server";
import { PaperButton } from "./PaperButton";
import {
  checkPaper,
  MOST_LOOKS,
  offerText,
  type PaperOffer,
  pauseBefore,
  toRequest,
  usualPeriod,
} from "./paper";

await loadLater();
// Fetched beforehand: a busy machine takes longer for it than a test waits.
await import("./PaperDialog");
afterEach(() => vi.unstubAllGlobals());

const passbook: PaperOffer = { kind: "PASSBOOK", subjectId: "m1" };
const statement: PaperOffer = { kind: "GROUP_STATEMENT", subjectId: "g1" };
const values = { ...usualPeriod(), offer: "0", language: "sw" as const };

test("each kind is asked for with its own period alone", () => {
  const own = { ...values, year: "2025", month: "2026-02", from: "2026-01-03", to: "2026-02-04" };
  const basis = { subjectId: "m1", wholeGroup: false, language: "sw" };
  expect(toRequest(passbook, own)).toEqual({ ...basis, kind: "PASSBOOK", year: 2025 });
  expect(toRequest({ ...passbook, kind: "RECEIPT" }, own)).toEqual({ ...basis, kind: "RECEIPT" });
  expect(toRequest({ ...passbook, kind: "RECONCILIATION" }, own)).toEqual({
    ...{ ...basis, kind: "RECONCILIATION", year: 2026, month: 2 },
  });
  expect(toRequest({ ...statement, wholeGroup: true }, own)).toEqual({
    ...{ kind: "GROUP_STATEMENT", subjectId: "g1", wholeGroup: true, language: "sw" },
    ...{ from: "2026-01-03", to: "2026-02-04" },
  });
  expect(offerText({ ...passbook, wholeGroup: true })).toBe("Passbook, of all (ZIP)");
});

test("a period has two ends, in their order", () => {
  expect(checkPaper(passbook, { ...values, from: "" })).toEqual({});
  expect(Object.keys(checkPaper(statement, { ...values, from: "", to: "" }))).toEqual([
    "from",
    "to",
  ]);
  const turned = { ...values, from: "2026-03-01", to: "2026-02-01" };
  expect(Object.keys(checkPaper(statement, turned))).toEqual(["to"]);
  expect(checkPaper(statement, values)).toEqual({});
});

test("looks come ever less often, and end", () => {
  const pauses = Array.from({ length: MOST_LOOKS }, (_, look) => pauseBefore(look + 1));
  expect(pauses[0]).toBe(1000);
  expect(pauses.at(-1)).toBe(10_000);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.reduce((sum, one) => sum + one)).toBeLessThan(10 * 60_000);
});

const state = (changed: object = {}) => ({
  ...{ id: "p1", status: "WAITING", total: 3, done: 0, failed: 0, url: null },
  ...changed,
});

/** Looks are a second apart. */
const PATIENT = { timeout: 10_000 };

async function open(answers: Parameters<typeof fakeServer>[0], offers = [passbook]) {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("token", "refresh") } }),
    ...answers,
  });
  await signIn("0700000001", "secret");
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer },
    middleware: (standard) => standard().concat(api.middleware),
  });
  render(
    <Provider store={store}>
      <MantineProvider>
        <PaperButton offers={offers} name="Jane" period={{ year: "2025" }} />
      </MantineProvider>
    </Provider>,
  );
  if (offers.length > 0) fireEvent.click(screen.getByTestId("paper"));
  return sent;
}

test("a paper is asked for, followed while it is made, and then there to fetch", {
  timeout: 30_000,
}, async () => {
  const ready = { status: "DONE", done: 2, failed: 1, url: "/papers/p1" };
  let made = false;
  const sent = await open({
    RequestPaper: () => ({ data: { requestPaper: state({ done: 1 }) } }),
    // It is made when the test has seen that it was not: however slow the machine is.
    Paper: () => ({ data: { paper: state(made ? ready : { done: 1 }) } }),
  });
  fireEvent.change(await screen.findByTestId("paper-language", {}, PATIENT), {
    target: { value: "sw" },
  });
  fireEvent.click(screen.getByTestId("paper-submit"));
  expect(await screen.findByText("1 of 3 are made", {}, PATIENT)).toBeInTheDocument();
  made = true;
  expect(await screen.findByTestId("paper-download", {}, PATIENT)).toBeInTheDocument();
  expect(screen.getByTestId("paper-progress")).toHaveTextContent("1 sheet could not be made");
  expect(sent.find(({ operation }) => operation === "RequestPaper")?.variables).toEqual({
    input: {
      ...{ kind: "PASSBOOK", subjectId: "m1", wholeGroup: false, language: "sw", year: 2025 },
    },
  });
});

test("a refusal stands in the dialog, in words", async () => {
  await open({
    RequestPaper: () => refusal("NOTHING_TO_PRINT", "There is nothing to print."),
  });
  fireEvent.click(await screen.findByTestId("paper-submit", {}, PATIENT));
  expect(await screen.findByTestId("form-error")).toHaveTextContent("There is nothing to print.");
});

test("a paper that could not be made, or is gone, says so", async () => {
  await open({
    RequestPaper: () => ({ data: { requestPaper: state({ status: "FAILED" }) } }),
  });
  fireEvent.click(await screen.findByTestId("paper-submit", {}, PATIENT));
  expect(await screen.findByTestId("paper-failed")).toHaveTextContent("could not be made");
  fireEvent.click(screen.getByTestId("paper-again"));
  expect(await screen.findByTestId("paper-submit", {}, PATIENT)).toBeInTheDocument();
});

test("what has no paper has no button", async () => {
  await open({}, []);
  expect(screen.queryByTestId("paper")).toBeNull();
});
