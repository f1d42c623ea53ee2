import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { Provider } from "react-redux";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, expect, test } from "vitest";
import { api } from "../../api/api";
import { explanation, MESSAGE_STATES, whyText } from "../../components/messages/message-words";
import { chooseLanguage, hasWord, loadLater } from "../../i18n";
import { signIn } from "../../lib/session";
import { fakeServer, refusal, tokens } from "../../test/server";
import { maybeTwice, shortWhy, TOPICS } from "./dead-letters";
import MessagesPage from "./MessagesPage";

await loadLater();
afterEach(() => chooseLanguage("en"));

const JANE = { id: "m1", memberName: "Jane Wanjiku" };
const message = (id: string, changed: object = {}) => ({
  ...{ id, template: "RECEIPT", language: "sw", state: "DELIVERED", channel: "SMS", cost: "0.80" },
  ...{ createdAt: "2026-11-27T06:00:00Z", sentAt: "2026-11-27T06:00:05Z", deliveredAt: null },
  ...{ reason: null, text: `Habari Jane, ${id}.`, member: JANE },
  ...changed,
});
const letter = (id: string, code: string, member: typeof JANE | null = JANE) => ({
  ...{ id, topic: "message", attempts: 1, createdAt: "2026-11-27T06:00:00Z" },
  ...{ deadAt: "2026-11-27T06:10:00Z", code, lastError: null, member },
});
const page = (nodes: object[]) => ({
  edges: nodes.map((node) => ({ cursor: "c", node })),
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: nodes.length,
});

async function open(address: string, answers: Parameters<typeof fakeServer>[0]) {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("token", "refresh") } }),
    Config: () => ({ data: { config: { currency: "KES" } } }),
    Waiting: () => ({ data: { deadLetters: { totalCount: 2 } } }),
    Members: () => ({ data: { members: page([]) } }),
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
        <MemoryRouter initialEntries={[address]}>
          <Routes>
            <Route path="/messages/:tab?" element={<MessagesPage />} />
          </Routes>
        </MemoryRouter>
      </MantineProvider>
    </Provider>,
  );
  return sent;
}

/** The table measures itself, which this document cannot: rows are asked for by what is drawn. */
const rows = (testId: string) => screen.findAllByTestId(testId);

test("each state and reason has words, and an unknown reason keeps its code", () => {
  for (const state of MESSAGE_STATES) expect(explanation({ state, reason: null })).not.toBe("");
  expect(explanation({ state: "WAITING", reason: "QUIET_HOURS" })).toBe(
    "It has not left yet. It is night: it goes out in the morning.",
  );
  expect(whyText("WHATSAPP_131026")).toContain("(WHATSAPP_131026)");
  expect(shortWhy("MAY_HAVE_HAPPENED")).toBe("May have gone out");
  expect(shortWhy("BLACKLISTED")).toBe(whyText("BLACKLISTED"));
  for (const topic of TOPICS) expect(hasWord(`deadTopic.${topic}`)).toBe(true);
});

test("where nobody sends, the page says so; a message's words stand in its panel", async () => {
  await open("/messages?message=a", {
    Messages: () => ({ data: { messages: page([message("a", { state: "SHOWN" })]) } }),
  });
  expect(await screen.findByTestId("messages-no-provider")).toHaveTextContent("no provider");
  const panel = screen.getByTestId("message-panel");
  expect(within(panel).getByTestId("message-text")).toHaveTextContent("Habari Jane, a.");
  expect(within(panel).getByTestId("message-text")).toHaveAttribute("lang", "sw");
  expect(within(panel).getByTestId("message-why")).toHaveTextContent("Nothing was sent");
});

test("a code's words are nobody else's, and what was sent needs no notice", async () => {
  await open("/messages?message=a&state=SENT&member=m1", {
    Member: () => ({ data: { member: { ...JANE, isActive: true } } }),
    Messages: ({ variables }) => {
      expect(variables).toMatchObject({ memberId: "m1", state: "SENT" });
      const code = message("a", { template: "CODE", member: null, text: "", state: "SENT" });
      return { data: { messages: page([code]) } };
    },
  });
  expect(await screen.findByTestId("message-text")).toHaveTextContent("only its owner");
  expect(screen.queryByTestId("messages-no-provider")).toBeNull();
});

const LETTERS = [letter("a", "MAY_HAVE_HAPPENED"), letter("b", "TRIED_OUT", null)];

test("chosen ones are sent again, with a word about what may arrive twice", async () => {
  let left = LETTERS;
  const sent = await open("/messages/undelivered", {
    DeadLetters: () => ({ data: { deadLetters: page(left) } }),
    ResendMessages: () => {
      left = [];
      return { data: { resendMessages: 2 } };
    },
  });
  expect(await screen.findByTestId("resend-chosen")).toBeDisabled();
  await rows("undelivered-row");
  fireEvent.click(screen.getByTestId("undelivered-all"));
  fireEvent.click(screen.getByTestId("resend-chosen"));
  expect(maybeTwice(LETTERS)).toBe(1);
  expect(await screen.findByTestId("confirm-dialog")).toHaveTextContent("who took the second sum");
  fireEvent.click(screen.getByTestId("confirm"));
  expect(await screen.findByTestId("undelivered-said")).toHaveTextContent("2 are sent again");
  expect(sent.find(({ operation }) => operation === "ResendMessages")?.variables).toEqual({
    ids: ["a", "b"],
  });
  await waitFor(() => expect(screen.queryByTestId("undelivered-row")).toBeNull());
});

test("giving up needs a reason; a refusal keeps what was written", async () => {
  let refused = true;
  const sent = await open("/messages/undelivered?letter=b", {
    DeadLetters: () => ({ data: { deadLetters: page(LETTERS) } }),
    DismissMessages: () =>
      refused ? refusal("BAD_INPUT", "Too long.", "reason") : { data: { dismissMessages: 1 } },
  });
  fireEvent.click(await screen.findByTestId("dismiss-one"));
  fireEvent.click(await screen.findByTestId("dismiss-submit"));
  expect(sent.some(({ operation }) => operation === "DismissMessages")).toBe(false);
  const reason = screen.getByTestId("dismiss-reason");
  fireEvent.change(reason, { target: { value: " Told in person " } });
  fireEvent.click(screen.getByTestId("dismiss-submit"));
  expect(await screen.findByText("Too long.")).toBeInTheDocument();
  refused = false;
  fireEvent.click(screen.getByTestId("dismiss-submit"));
  expect(await screen.findByTestId("undelivered-said")).toHaveTextContent("1 given up");
  expect(sent.findLast(({ operation }) => operation === "DismissMessages")?.variables).toEqual({
    ids: ["b"],
    reason: "Told in person",
  });
});
