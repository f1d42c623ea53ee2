import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Provider } from "react-redux";
import { beforeEach, expect, test } from "vitest";
import { api } from "../../api/api";
import { signIn } from "../../lib/session";
import { fakeServer, refusal, type Sent, tokens } from "../../test/server";
import { LinePanel, wholeAmount } from "./LinePanel";
import type { Line } from "./ledger-merge";

const LINE: Line = {
  ...{ id: "l1", transactionDate: "2026-11-22", account: "CASH", category: "CASH_IN" },
  ...{ subcategory: "interest", amount: "100.00", description: "Interest · Jane Wanjiku" },
  ...{ referenceDoc: "UM-7", balanceAfter: "1600.00" },
  ...{ entryId: "e1", reversedById: null, canReverse: true },
};
const part = (account: string, amount: string) => ({
  ...{ account, amount, subcategory: null, member: null },
});
const ENTRY = {
  ...{ id: "e1", sequence: 7, kind: "REPAYMENT", bookingDate: "2026-11-22" },
  ...{ valueDate: "2026-11-22", reference: "UM-7", reversesId: null, reversedById: null },
  ...{ recordedBy: null },
  lines: [part("CASH", "1100.00"), part("LOANS", "-1000.00"), part("INTEREST", "-100.00")],
};

async function show(line: Line, refusals: string[] = []): Promise<Sent[]> {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1") } }),
    BookEntry: () => ({ data: { journalEntry: ENTRY } }),
    ReverseBookEntry: () => {
      const code = refusals.shift();
      return code
        ? refusal(code, "There is too little.")
        : { data: { reverseEntry: { id: "e2" } } };
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
        <LinePanel line={line} onClose={() => undefined} />
      </MantineProvider>
    </Provider>,
  );
  await screen.findByTestId("entry-lines");
  return sent;
}

beforeEach(() => localStorage.clear());

test("the whole entry is taken back, with its amount and a reason; a refusal is said", async () => {
  const sent = await show(LINE, ["NOT_ENOUGH_MONEY"]);
  fireEvent.click(screen.getByTestId("undo-line"));
  fireEvent.change(await screen.findByTestId("reverse-reason"), { target: { value: " A slip " } });
  fireEvent.click(screen.getByTestId("reverse-submit"));
  const dialog = await screen.findByTestId("confirm-dialog");
  expect(dialog).toHaveTextContent("all 3 lines of the entry together");
  expect(screen.getByTestId("confirm")).toHaveTextContent("Reverse KES 1,100.00");
  fireEvent.click(screen.getByTestId("confirm"));
  expect(await screen.findByText("There is too little.")).toBeVisible();

  fireEvent.click(screen.getByTestId("reverse-submit"));
  fireEvent.click(await screen.findByTestId("confirm"));
  await waitFor(() => expect(screen.queryByTestId("reverse-reason")).toBeNull());
  const asked = sent.filter(({ operation }) => operation === "ReverseBookEntry");
  expect(asked.map(({ variables }) => variables)).toEqual(
    Array(2).fill({ input: { entryId: "e1", reason: "A slip" } }),
  );
});

test("what was taken back says so, and is not offered again", async () => {
  await show({ ...LINE, canReverse: false, reversedById: "e2" });
  expect(screen.getByTestId("ledger-panel")).toHaveTextContent("reversed");
  expect(screen.queryByTestId("undo-line")).toBeNull();
});

test("an entry moved what its lines put in, to the cent", () => {
  expect(wholeAmount(ENTRY as unknown as Parameters<typeof wholeAmount>[0])).toBe("1100.00");
});
