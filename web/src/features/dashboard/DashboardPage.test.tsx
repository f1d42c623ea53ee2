import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { render, screen, waitFor, within } from "@testing-library/react";
import { Provider } from "react-redux";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { api } from "../../api/api";
import { PlacesProvider } from "../../lib/places";
import { signIn } from "../../lib/session";
import { fakeServer, refusal, tokens } from "../../test/server";
import DashboardPage from "./DashboardPage";

vi.mock("./Charts", () => ({ default: () => null }));

const TALLY = { count: 2, amount: "900.00" };
const TIMES = { count: 2, median: 3.25, within48Hours: "100.00" };
const MONTH = {
  first: "2026-11-01",
  last: "2026-11-27",
  moneyIn: "500.50",
  moneyOut: "100.00",
  members: 9,
  loansOut: "800.00",
  atRisk: "80.00",
  par30: "10.00",
  trf: {
    total: "1900.00",
    cashInHand: "1100.00",
    bank: "0.00",
    mpesa: "0.00",
    shortTermLoans: "800.00",
    longTermLoans: "0.00",
    projectLoans: "0.00",
  },
};
const KPIS = {
  groups: 1,
  members: { atEnd: 9, joined: 1, left: 2, growth: "-10.00" },
  loans: {
    ...{ applied: TALLY, disbursed: TALLY, completed: TALLY, approval: TIMES, disbursement: TIMES },
    ...{ repaymentRate: "95.00", onTimeRate: null, arrears: "70.00", loansInArrears: 1 },
  },
  money: {
    ...{ savingsIn: "300.00", savingsOut: "0.00", welfareIn: "0.00", welfareOut: "0.00" },
    ...{ projectIn: "0.00", projectOut: "0.00", interest: "20.00", fines: "5.00" },
  },
  officers: { active: 1, transactions: 12, perDay: null },
  sync: { sent: 7050, refused: 0, success: null, heldOpen: 0, heldOpenAmount: "0.00" },
  series: [MONTH, { ...MONTH, first: "2026-12-01", moneyIn: "0.25" }],
  atEnd: MONTH,
};
const none = { totalCount: 0 };
const WAITS = {
  ...{ reviews: { totalCount: 3 }, loans: none, toDisburse: none, welfareRequests: none },
  ...{ meetings: none, reconciliations: { totalCount: 5 }, signed: { totalCount: 4 } },
  unsentWork: [],
};

async function open(address: string, kpis: object = KPIS) {
  const sent = fakeServer({
    Login: () => ({ data: { login: tokens("token", "refresh") } }),
    KeyFigures: () => ("errors" in kpis ? (kpis as never) : { data: { kpis } }),
    MonthByMonth: () => ({ data: { kpis: { series: [] } } }),
    WaitsForMe: () => ({ data: WAITS }),
    Places: () => ({ data: { places: [] } }),
    Groups: () => ({
      data: { groups: { edges: [], pageInfo: { hasNextPage: false }, totalCount: 0 } },
    }),
    Group: ({ variables }) => ({ data: { group: { id: variables.id, name: "Umoja" } } }),
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
          <PlacesProvider value={["/groups", "/review"]}>
            <DashboardPage />
          </PlacesProvider>
        </MemoryRouter>
      </MantineProvider>
    </Provider>,
  );
  return sent;
}

test("adds up the months to the cent, and says what cannot be known by a dash", async () => {
  await open("/dashboard");
  expect(await screen.findByTestId("figure-moneyIn")).toHaveTextContent("500.75");
  expect(screen.getByTestId("figure-par")).toHaveTextContent("10.00 %");
  expect(screen.getByTestId("figure-growth")).toHaveTextContent("\u221210.00 %");
  expect(screen.getByTestId("figure-sync")).toHaveTextContent("—");
  expect(screen.getByTestId("figure-sync")).toHaveTextContent("7,050 sent");
});

test("a figure leads to its list where that place exists, narrowed like the figures", async () => {
  await open("/dashboard?groups=g1&county=Nakuru");
  const fund = await screen.findByTestId("figure-trf");
  expect(fund).toHaveAttribute("href", "/groups?group=g1&county=Nakuru");
  // There is no place for loans here.
  expect(screen.getByTestId("figure-loansOut").tagName).toBe("DIV");
});

test("only what waits is named", async () => {
  await open("/dashboard");
  const reviews = await screen.findByTestId("waits-reviews");
  expect(within(reviews).getByRole("link")).toHaveTextContent("3 to review");
  expect(screen.getByTestId("waits-reconciliations")).toHaveTextContent("1 reconciliation of");
  expect(screen.queryByTestId("waits-loans")).toBeNull();
});

test("the groups and the period of the address are asked for", async () => {
  const sent = await open("/dashboard?groups=g1,g2&period=own&from=2026-02-03&to=2026-02-09");
  await waitFor(() => expect(sent.some(({ operation }) => operation === "KeyFigures")).toBe(true));
  const asked = sent.find(({ operation }) => operation === "KeyFigures");
  expect(asked?.variables).toEqual({
    ...{ from: "2026-02-03", to: "2026-02-09", groupIds: ["g1", "g2"], county: null },
  });
});

test("says when there is nothing yet, and when it could not be loaded", async () => {
  await open("/dashboard", { ...KPIS, groups: 0 });
  expect(await screen.findByTestId("empty-state")).toBeInTheDocument();
});

test("a refusal is said, with a way to try again", async () => {
  await open("/dashboard", refusal("NOT_FOUND", "No such group."));
  expect(await screen.findByTestId("error-state")).toBeInTheDocument();
});
