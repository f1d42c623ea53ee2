import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { fireEvent, render, screen } from "@testing-library/react";
import { Provider } from "react-redux";
import { beforeEach, expect, test } from "vitest";
import { api } from "../../api/api";
import { signIn } from "../../lib/session";
import { fakeServer, type Sent, tokens } from "../../test/server";
import { TrfSheet } from "./TrfSheet";

const TRF = {
  asOf: "2026-11-22",
  cashInHand: "45282.10",
  bank: "0.00",
  mpesa: "7200.20",
  shortTermLoans: "60000.00",
  longTermLoans: "0.00",
  projectLoans: "0.00",
  total: "112482.30",
  memberSavings: "105132.30",
  welfareFund: "7200.00",
  projectFund: "0.00",
  externalLoans: "0.00",
  dividendsPayable: "0.00",
  suspense: "0.00",
  surplus: "150.00",
};

async function show(trf: typeof TRF): Promise<Sent[]> {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("a1", "r1") } }),
    TrfBalance: () => ({ data: { trfBalance: trf } }),
  });
  await signIn("254700000001", "x");
  const store = configureStore({
    reducer: { api: api.reducer },
    middleware: (defaults) => defaults().concat(api.middleware),
  });
  render(
    <Provider store={store}>
      <MantineProvider>
        <TrfSheet groupId="g1" />
      </MantineProvider>
    </Provider>,
  );
  await screen.findByTestId("trf-total");
  return sent;
}

beforeEach(() => localStorage.clear());

test("shows both totals, grouped and to the cent, and that they are equal", async () => {
  await show(TRF);
  expect(screen.getByTestId("trf-total")).toHaveTextContent("112,482.30");
  expect(screen.getByTestId("trf-sources")).toHaveTextContent("112,482.30");
  expect(screen.getByTestId("trf-equal")).toBeInTheDocument();
});

test("a negative surplus is shown with its sign and counts as one", async () => {
  await show({ ...TRF, memberSavings: "105432.30", surplus: "-150.00" });
  expect(screen.getByText("\u2212150.00")).toBeInTheDocument();
  expect(screen.getByTestId("trf-equal")).toBeInTheDocument();
});

test("sides that differ by a cent are not called equal", async () => {
  await show({ ...TRF, surplus: "150.01" });
  expect(screen.queryByTestId("trf-equal")).toBeNull();
  expect(screen.getByTestId("trf-unequal")).toHaveTextContent("0.01");
});

test("another day is asked for when it is chosen", async () => {
  const sent = await show(TRF);
  fireEvent.change(screen.getByTestId("trf-as-of"), { target: { value: "2026-06-30" } });
  await screen.findByTestId("trf-total");
  expect(sent.at(-1)?.variables).toEqual({ groupId: "g1", asOf: "2026-06-30" });
});
