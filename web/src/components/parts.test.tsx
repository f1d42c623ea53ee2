import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { expect, test, vi } from "vitest";
import { t } from "../i18n";
import type { PageSource } from "../lib/export/rows";
import { oneOf, useFilters, useOpened } from "../lib/use-filters";
import { DataTable } from "./DataTable";
import { ExportMenu } from "./ExportMenu";
import { KeyValues } from "./KeyValues";
import { ListPage } from "./ListPage";
import { SearchInput } from "./SearchInput";
import { Stat } from "./Stat";
import { Tabs } from "./Tabs";
import { Timeline } from "./Timeline";

const show = (node: ReactNode, at = "/") =>
  render(
    <MantineProvider>
      <MemoryRouter initialEntries={[at]}>{node}</MemoryRouter>
    </MantineProvider>,
  );

test("a figure leads to its list and says so; one without a list is no link", () => {
  show(<Stat label="Loans out" value="7" to="/loans" />);
  expect(screen.getByRole("link")).toHaveAttribute("href", "/loans");
  show(<Stat label="Share" value={null} testId="none" />);
  expect(screen.getByTestId("none")).toHaveTextContent("—");
});

test("facts without a value are left out", () => {
  show(
    <KeyValues
      items={[
        { name: "A", value: "1" },
        { name: "B", value: null },
        { name: "C", value: 0 },
      ]}
    />,
  );
  expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual(["A", "C"]);
});

test("the tab of the address is marked", () => {
  const tabs = [
    { to: "/g", text: "Books", exact: true },
    { to: "/g/members", text: "Members", count: 12 },
  ];
  show(<Tabs label="Parts" tabs={tabs} />, "/g/members");
  expect(screen.getByRole("link", { current: "page" })).toHaveTextContent("Members12");
});

test("what happened stands in its order, and nothing is said to be nothing", () => {
  const items = ["Applied", "Approved"].map((title) => ({ key: title, when: "today", title }));
  show(<Timeline label="Loan" items={items} />);
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    "todayApplied",
    "todayApproved",
  ]);
  show(<Timeline label="Loan" items={[]} />);
  expect(screen.getByText(t("timeline.empty"))).toBeInTheDocument();
});

function Filtered() {
  const { values, set, clear, narrowed } = useFilters({ q: "", status: "OPEN" });
  const [opened, open] = useOpened("loan");
  const { search } = useLocation();
  return (
    <>
      <output data-testid="address">{search}</output>
      <output data-testid="values">{`${values.q}|${values.status}|${narrowed}|${opened}`}</output>
      <button type="button" onClick={() => set({ q: "jane", status: "DONE" })}>
        set
      </button>
      <button type="button" onClick={() => open("7")}>
        open
      </button>
      <button type="button" onClick={clear}>
        clear
      </button>
    </>
  );
}

test("filters stand in the address, without their defaults and beside what is open", () => {
  show(<Filtered />, "/?status=DONE");
  const values = screen.getByTestId("values");
  expect(values).toHaveTextContent("|DONE|true|null");
  fireEvent.click(screen.getByText("set"));
  fireEvent.click(screen.getByText("open"));
  expect(values).toHaveTextContent("jane|DONE|true|7");
  fireEvent.click(screen.getByText("clear"));
  expect(values).toHaveTextContent("|OPEN|false|7");
  expect(screen.getByTestId("address")).toHaveTextContent("?loan=7");
  expect(oneOf("NONSENSE", ["OPEN", "DONE"])).toBe("OPEN");
});

const ROWS = [{ id: "1", name: "Jane" }];
const table = (changed: object = {}) => (
  <DataTable
    label="People"
    testId="people"
    rowTestId="person"
    rows={ROWS}
    rowKey={({ id }) => id}
    columns={[
      { key: "name", header: "Name", width: "1fr", sortKey: "NAME", render: ({ name }) => name },
    ]}
    {...changed}
  />
);

test("a row opens by click and by key, and its head says how the list is sorted", () => {
  const onOpen = vi.fn();
  const onSort = vi.fn();
  show(table({ onOpen, onSort, sort: { key: "NAME", descending: false } }));
  fireEvent.click(screen.getByTestId("person"));
  fireEvent.keyDown(screen.getByTestId("person"), { key: "Enter" });
  expect(onOpen).toHaveBeenCalledTimes(2);
  expect(screen.getByRole("columnheader")).toHaveAttribute("aria-sort", "ascending");
  fireEvent.click(screen.getByRole("button", { name: "Name" }));
  expect(onSort).toHaveBeenCalledWith({ key: "NAME", descending: true });
});

test("on a phone a row is a card", () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("600px"),
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
  }));
  show(table({ card: () => "Card of Jane" }));
  expect(screen.getByTestId("person")).toHaveTextContent("Card of Jane");
});

test("a list that failed says so with a way to try again; one that is stale keeps its rows", () => {
  const refetch = vi.fn();
  const error = { kind: "offline", code: "OFFLINE", message: "", failures: [] };
  const failed = { isError: true, error, refetch };
  show(
    <ListPage title="Loans" query={failed} testId="list">
      rows
    </ListPage>,
  );
  expect(screen.getByTestId("list")).not.toHaveTextContent("rows");
  fireEvent.click(screen.getByText(t("error.retry")));
  expect(refetch).toHaveBeenCalledOnce();
  show(
    <ListPage title="Loans" query={{ ...failed, currentData: { pages: [] } }} testId="stale">
      rows
    </ListPage>,
  );
  expect(screen.getByTestId("stale")).toHaveTextContent("rows");
  expect(screen.getByTestId("stale-notice")).toBeInTheDocument();
});

test("an export runs with its progress, and a failure is said in words", async () => {
  let finish: (answer: Awaited<ReturnType<PageSource<string>>>) => void = () => undefined;
  const source = vi
    .fn<PageSource<string>>()
    .mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)))
    .mockRejectedValue({ kind: "offline", code: "OFFLINE", message: "", failures: [] });
  show(<ExportMenu title="Loans" columns={[]} source={source} />);
  fireEvent.click(screen.getByTestId("export"));
  fireEvent.click(await screen.findByTestId("export-csv"));
  expect(await screen.findByTestId("export-running")).toBeInTheDocument();
  finish({
    totalCount: 2,
    pageInfo: { hasNextPage: true, endCursor: "c" },
    edges: [{ node: "a" }],
  });
  await waitFor(() =>
    expect(screen.getByTestId("export-said")).toHaveTextContent(t("error.offline")),
  );
});

test("a search that was typed just before leaving does not call one back", () => {
  vi.useFakeTimers();
  const onSearch = vi.fn();
  const start = window.location.pathname;
  show(<SearchInput label="Search" value="" onSearch={onSearch} testId="search" />);
  const type = (text: string) =>
    fireEvent.change(screen.getByTestId("search"), { target: { value: text } });
  type("a");
  type("ab");
  vi.advanceTimersByTime(300);
  expect(onSearch.mock.calls).toEqual([["ab"]]);
  type("abc");
  window.history.pushState(null, "", "/groups/1");
  vi.advanceTimersByTime(300);
  expect(onSearch).toHaveBeenCalledTimes(1);
  window.history.pushState(null, "", start);
  vi.useRealTimers();
});
