// @vitest-environment happy-dom
/** Money that was refused, or has not gone up, is put right under its number and sent again. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { OutboxScreen } from "../src/features/outbox/OutboxScreen";
import type { Loan } from "../src/records/loans";
import { clearData, useData } from "../src/state/data";
import {
  disburseLoan,
  recordMovement,
  recordRepayment,
  withdrawSavings,
} from "../src/state/loan-actions";
import { GROUP } from "./fixtures";
import { DAY, JANE, type Phone, recorded, unlocked } from "./stage";

vi.mock("../src/state/sync", async (load) => ({
  ...(await load<object>()),
  syncSoon: () => undefined,
}));

let phone: Phone;
const LOAN = { id: uuidv7(), groupId: GROUP, memberId: JANE, loanAmount: 5000_00, fee: 0 } as Loan;
const MPESA = { method: "MPESA" as const, date: DAY, transactionId: "RKT1AAAAAA" };
const IN_CASH = { method: "CASH" as const, date: DAY };

beforeEach(async () => {
  phone = await unlocked();
});
afterEach(() => {
  cleanup();
  clearData();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function correct(words: RegExp) {
  render(<OutboxScreen />);
  fireEvent.click(await screen.findByText(words));
  fireEvent.click(await screen.findByRole("button", { name: "Correct" }));
  return screen.findByRole("dialog");
}
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.click(screen.getByTestId("correct-save"));

it("a repayment keeps its id, and so its receipt, with another amount and code", async () => {
  await recordRepayment(LOAN, 440_00, MPESA);
  await recorded(1);
  const [before] = await phone.outbox();
  await correct(/Loan repayment/);
  type("Amount (KES)", "abc");
  type("M-Pesa code", "RKT2BBBBBB");
  save();
  await screen.findByText("Type an amount above zero, such as 500 or 500.50.");
  type("Amount (KES)", "400");
  save();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [after] = await phone.outbox();
  expect(after?.input).toEqual({
    ...before?.input,
    amount: "400.00",
    transactionId: "RKT2BBBBBB",
  });
  expect(useData.getState().operations).toHaveLength(1);
});

it("a loan that was paid out is not given another size, but another way of paying", async () => {
  await disburseLoan(LOAN, MPESA);
  await recorded(1);
  await correct(/of a loan handed out/);
  expect(screen.queryByLabelText("Amount (KES)")).toBeNull();
  const way = screen.getByLabelText("Paid by");
  fireEvent.change(way, { target: { value: "CASH" } });
  await waitFor(() => expect(screen.queryByLabelText("M-Pesa code")).toBeNull());
  save();
  await waitFor(async () => {
    const [after] = await phone.outbox();
    expect(after?.input).toMatchObject({ paymentMethod: "CASH" });
    expect(after?.input).not.toHaveProperty("transactionId");
  });
});

it.each([
  [
    "savings out",
    /paid out to Jane/,
    () => withdrawSavings({ id: JANE, groupId: GROUP }, 100_00, "School", IN_CASH),
  ],
  [
    "what the group spent",
    /Expense/,
    () => recordMovement(GROUP, "EXPENSE", 100_00, "Chairs", IN_CASH),
  ],
])("%s has its amount put right", async (_, words, make) => {
  await make();
  await recorded(1);
  await correct(words);
  type("Amount (KES)", "90");
  save();
  await waitFor(async () => {
    expect((await phone.outbox())[0]?.input).toMatchObject({ amount: "90.00" });
  });
});
