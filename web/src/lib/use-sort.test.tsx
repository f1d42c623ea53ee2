import { fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter, useLocation } from "react-router";
import { expect, test } from "vitest";
import { type Column, DataTable } from "../components/DataTable";
import { useSort } from "./use-sort";

type Row = { id: string; cash: number };
const COLUMNS: Column<Row>[] = [
  { key: "name", header: "Name", sortKey: "NAME", width: "1fr", render: ({ id }) => id },
  {
    key: "cash",
    header: "Cash",
    sortKey: "CASH",
    width: "1fr",
    align: "end",
    render: ({ cash }) => cash,
  },
  { key: "day", header: "Day", width: "1fr", render: () => "Monday" },
];

function List() {
  const { order, ...sorting } = useSort(["NAME", "CASH"], "NAME_ASC");
  return (
    <>
      <p data-testid="order">{order}</p>
      <p data-testid="address">{useLocation().search}</p>
      <DataTable
        {...sorting}
        label="Groups"
        testId="groups"
        rowTestId="row"
        columns={COLUMNS}
        rows={[]}
        rowKey={({ id }: Row) => id}
      />
    </>
  );
}

const show = (at = "/") =>
  render(
    <MemoryRouter initialEntries={[at]}>
      <List />
    </MemoryRouter>,
  );
const head = (name: string) => screen.getByRole("columnheader", { name });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("a head sorts, its second press the other way; numbers begin with the largest", () => {
  show();
  expect(head("Name")).toHaveAttribute("aria-sort", "ascending");
  expect(head("Cash")).toHaveAttribute("aria-sort", "none");
  expect(head("Day")).not.toHaveAttribute("aria-sort");
  press("Cash");
  expect(screen.getByTestId("order")).toHaveTextContent("CASH_DESC");
  expect(screen.getByTestId("address")).toHaveTextContent("?sort=CASH_DESC");
  expect(head("Cash")).toHaveAttribute("aria-sort", "descending");
  press("Cash");
  expect(screen.getByTestId("order")).toHaveTextContent("CASH_ASC");
  press("Name");
  expect(screen.getByTestId("order")).toHaveTextContent("NAME_ASC");
  expect(screen.getByTestId("address")).toBeEmptyDOMElement();
});

test("an address that names no column of the list gives the usual order", () => {
  show("/?sort=SHOE_SIZE_DESC");
  expect(screen.getByTestId("order")).toHaveTextContent("NAME_ASC");
});
