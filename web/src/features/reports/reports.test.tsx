import { MantineProvider } from "@mantine/core";
import { configureStore } from "@reduxjs/toolkit";
import { render, screen, waitFor } from "@testing-library/react";
import { Provider } from "react-redux";
import { MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, test } from "vitest";
import { api } from "../../api/api";
import { PlacesProvider } from "../../lib/places";
import { signIn } from "../../lib/session";
import { fakeServer, type Sent, tokens, USER } from "../../test/server";
import { ageFigures } from "./loan-reports";
import ReportsPage from "./ReportsPage";
import { REPORTS } from "./reports";

const END = { hasNextPage: false, endCursor: null };
const GROUPS = { edges: [{ node: { id: "g1", name: "Umoja" } }], pageInfo: END, totalCount: 1 };
const LINE = {
  ...{ id: "l1", transactionDate: "2026-11-03", account: "CASH", category: "CASH_IN" },
  ...{ subcategory: "savings", amount: "500.00", description: "", referenceDoc: null },
  balanceAfter: "1500.00",
};

async function open(address: string, role: string = USER.role): Promise<Sent[]> {
  const sent = fakeServer({
    Login: () => ({
      data: { login: { ...tokens("token", "refresh"), user: { ...USER, id: role, role } } },
    }),
    Places: () => ({ data: { places: [{ name: "Nakuru", constituencies: [] }] } }),
    Groups: () => ({ data: { groups: GROUPS } }),
    Group: () => ({ data: { group: { id: "g1", name: "Umoja" } } }),
    ReportSavings: () => ({
      data: { members: { edges: [], pageInfo: END, totalCount: 0 } },
    }),
    CashLedger: () => ({
      data: {
        cashLedger: {
          ...{ edges: [{ node: LINE }], pageInfo: END, totalCount: 1 },
          ...{ cashIn: "500.00", cashOut: "0.00" },
          ...{ openingBalance: "1000.00", closingBalance: "1500.00" },
        },
      },
    }),
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
          <PlacesProvider value={["/groups", "/loans"]}>
            <Routes>
              <Route path="/reports/:report?" element={<ReportsPage />} />
            </Routes>
          </PlacesProvider>
        </MemoryRouter>
      </MantineProvider>
    </Provider>,
  );
  return sent;
}

const asked = (sent: Sent[], operation: string) =>
  sent.filter((one) => one.operation === operation).map(({ variables }) => variables);

beforeEach(() => localStorage.clear());

test("the contents lead to each report, and to the lists that the person has", async () => {
  await open("/reports");
  for (const { key } of REPORTS) {
    expect(screen.getByTestId(`report-${key}`)).toHaveAttribute("href", `/reports/${key}`);
  }
  expect(screen.getByRole("link", { name: "Loans" })).toHaveAttribute("href", "/loans");
  expect(screen.queryByRole("link", { name: "Audit log" })).toBeNull();
});

test("each report has a name of its own and columns of their own names", () => {
  expect(new Set(REPORTS.map(({ key }) => key)).size).toBe(REPORTS.length);
  for (const { columns } of REPORTS) {
    const keys = columns().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const headers = columns().map(({ header }) => header);
    expect(new Set(headers).size).toBe(headers.length);
  }
});

test("a report of one group asks for it first, and then for its time in the address", async () => {
  const sent = await open("/reports/ledger");
  expect(await screen.findByTestId("empty-state")).toHaveTextContent("Choose a group");
  expect(screen.queryByTestId("export")).toBeNull();
  expect(asked(sent, "CashLedger")).toEqual([]);
});

test("the chosen group and time are asked for; totals are the server's", async () => {
  const address = "/reports/ledger?group=g1&period=own&from=2026-11-01&to=2026-11-05";
  const sent = await open(address);
  expect(await screen.findByTestId("total-closing")).toHaveTextContent("KES 1,500.00");
  expect(screen.getByTestId("total-opening")).toHaveTextContent("KES 1,000.00");
  expect(asked(sent, "CashLedger")).toEqual([
    { groupId: "g1", from: "2026-11-01", to: "2026-11-05", first: 50, after: null },
  ]);
  expect(screen.getByTestId("report-list")).toHaveAttribute("href", "/groups/g1");
});

test("several groups are one question, and of one group's books the first is taken", async () => {
  const sent = await open("/reports/savings?group=g1,g2");
  await waitFor(() => expect(asked(sent, "ReportSavings")).toHaveLength(1));
  expect(asked(sent, "ReportSavings")[0]).toMatchObject({ groupIds: ["g1", "g2"], county: null });
  expect(screen.getAllByTestId("report-chosen")).toHaveLength(2);
  const books = await open("/reports/ledger?group=g1,g2");
  await waitFor(() => expect(asked(books, "CashLedger")).toHaveLength(1));
  expect(asked(books, "CashLedger")[0]).toMatchObject({ groupId: "g1" });
});

test("who has one group chooses none", async () => {
  const sent = await open("/reports/ledger", "GROUP_CHAIR");
  await waitFor(() => expect(asked(sent, "CashLedger")).toHaveLength(1));
  expect(asked(sent, "CashLedger")[0]).toMatchObject({ groupId: "g1" });
  expect(screen.queryByTestId("report-group")).toBeNull();
});

test("arrears by age are what is over one age less what is over the next", () => {
  const risk = (atRisk: string, loansAtRisk: number) => ({ atRisk, loansAtRisk });
  const figures = ageFigures({
    day0: risk("1000.10", 5),
    day30: risk("400.05", 2),
    day60: risk("400.05", 2),
    day90: risk("0.00", 0),
  });
  expect(figures.map(({ value }) => value.replaceAll("\u00a0", " "))).toEqual([
    "KES 600.05",
    "KES 0.00",
    "KES 400.05",
    "KES 0.00",
  ]);
  expect(figures.map(({ label }) => label)).toEqual([
    "1 to 30 days, 3 loans",
    "31 to 60 days, 0 loans",
    "61 to 90 days, 2 loans",
    "More than 90 days, 0 loans",
  ]);
});
