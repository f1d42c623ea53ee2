// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LoanChoice } from "../src/features/meeting/LoanChoice";
import { type Cell, cellKey, type Draft } from "../src/features/meeting/sheet";
import { chosenLoans, type RunningLoan } from "../src/features/meeting/use-owed";
import type { Sheet } from "../src/features/meeting/use-sheet";
import { loadLater } from "../src/i18n";
import type { ListedMember } from "../src/state/data";

const JANE = { id: "jane", memberName: "Jane Wanjiku" } as ListedMember;
const KEY = cellKey("jane", "REPAYMENT");

const running = (id: string, amount: number, now: number, daysOverdue: number) =>
  ({
    loan: { id, loanAmount: amount, disbursedOn: "2026-09-12", memberId: "jane" },
    due: { now, daysOverdue },
  }) as RunningLoan;
const LATE = running("late", 6_000_00, 2_200_00, 12);
const OTHER = running("other", 3_000_00, 1_100_00, 0);
const IDLE = running("idle", 1_000_00, 0, 0);

function shown(text: string, all = [LATE, OTHER, IDLE]) {
  const cell: Cell = { text, method: "CASH", code: "" };
  const draft: Draft = { [KEY]: cell };
  const loansOf = new Map([["jane", all]]);
  const setCell = vi.fn();
  const sheet = { draft, loansOf, loanOf: chosenLoans(loansOf, draft), setCell };
  render(<LoanChoice member={JANE} sheet={sheet as unknown as Sheet} />);
  return setCell;
}

const radio = (name: RegExp) => screen.getByRole<HTMLInputElement>("radio", { name });

describe("which of several loans is paid", () => {
  beforeAll(loadLater);
  afterEach(cleanup);

  it("shows each with what is due, the most urgent one chosen", () => {
    shown("");
    expect(screen.getByRole("group").getAttribute("aria-label")).toBe(
      "Which loan does Jane Wanjiku pay?",
    );
    expect(radio(/6,000.00.*due 2,200.00, 12 days late/).checked).toBe(true);
    expect(radio(/3,000.00.*due 1,100.00/).checked).toBe(false);
    expect(radio(/1,000.00.*Nothing due today/).checked).toBe(false);
  });

  it("keeps an amount that was typed, and changes one that was only what is due", () => {
    const typed = shown("700");
    fireEvent.click(radio(/3,000.00/));
    expect(typed).toHaveBeenCalledWith(KEY, { loanId: "other" });
    cleanup();
    const usual = shown("2200.00");
    fireEvent.click(radio(/3,000.00/));
    expect(usual).toHaveBeenCalledWith(KEY, { loanId: "other", text: "1100.00" });
    cleanup();
    const nothing = shown("2200.00");
    fireEvent.click(radio(/Loan of 1,000.00/));
    expect(nothing).toHaveBeenCalledWith(KEY, { loanId: "idle", text: "" });
  });
});
