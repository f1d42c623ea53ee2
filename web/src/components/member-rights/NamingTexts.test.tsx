import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { Provider } from "react-redux";
import { beforeEach, expect, test } from "vitest";
import { api } from "../../api/api";
import { signIn } from "../../lib/session";
import { fakeServer, refusal, type Sent, tokens } from "../../test/server";
import type { NamingText } from "./member-rights-api";
import { NamingTexts } from "./NamingTexts";

const text = (id: string, kind: NamingText["kind"], field: string, words: string): NamingText => ({
  ...{ id, kind, field, text: words, date: "2026-03-08", canRedact: kind !== "MEETING" },
});
const FARE = text("m1", "MOVEMENT", "description", "Fare for Jane");
const SHOP = text("l1", "LOAN", "purpose", "A shop with Jane");
const THANKS = text("t1", "MEETING", "resolutions", "Jane is thanked");

async function show(found: NamingText[], refused?: string): Promise<Sent[]> {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1") } }),
    TextsNaming: () => ({ data: { textsNaming: found } }),
    RedactText: ({ variables }) => {
      if (refused) return refusal(refused, "The name is not in it.");
      found.splice(0, found.length, ...found.filter(({ id }) => id !== variables.id));
      return { data: { redactText: 1 } };
    },
  });
  await signIn("254700000001", "x");
  const store = configureStore({
    reducer: { api: api.reducer },
    middleware: (defaults) => defaults().concat(api.middleware),
  });
  render(
    <Provider store={store}>
      <MantineProvider>
        <NamingTexts member={{ id: "jane", memberName: "Jane Wanjiku" }} />
      </MantineProvider>
    </Provider>,
  );
  return sent;
}

beforeEach(() => localStorage.clear());

test("each text says where and when it stands; the name is taken out of one of them", async () => {
  const sent = await show([FARE, SHOP, THANKS]);
  const [fare, , thanks] = await screen.findAllByTestId("naming-text");
  expect(fare).toHaveTextContent("Movement of money · what for · 8 Mar 2026");
  expect(within(fare as HTMLElement).getByText("Jane").tagName).toBe("MARK");
  expect(thanks).toHaveTextContent("The minutes are signed as they are");
  expect(screen.getAllByTestId("redact-text")).toHaveLength(2);

  fireEvent.click(within(fare as HTMLElement).getByTestId("redact-text"));
  await waitFor(() => expect(screen.getAllByTestId("naming-text")).toHaveLength(2));
  expect(screen.getByRole("status")).toHaveTextContent("The name was taken out of 1 text.");
  expect(screen.getByRole("status")).toHaveFocus();
  expect(sent.find(({ operation }) => operation === "RedactText")?.variables).toEqual({
    memberId: "jane",
    kind: "MOVEMENT",
    id: "m1",
  });
});

test("a refusal is said in words", async () => {
  await show([FARE], "NOT_NAMED");
  fireEvent.click(await screen.findByTestId("redact-text"));
  expect(await screen.findByTestId("naming-error")).toHaveTextContent("The name is not in it.");
});

test("where there is none it says so", async () => {
  await show([]);
  expect(await screen.findByTestId("naming-none")).toBeVisible();
});

test("of many, five stand before the form until all are asked for", async () => {
  await show(Array.from({ length: 8 }, (_none, index) => ({ ...FARE, id: `m${index}` })));
  expect(await screen.findAllByTestId("naming-text")).toHaveLength(5);
  fireEvent.click(screen.getByTestId("naming-all"));
  expect(screen.getAllByTestId("naming-text")).toHaveLength(8);
});
