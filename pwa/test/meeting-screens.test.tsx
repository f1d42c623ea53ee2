// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Segmented } from "../src/components/Segmented";
import { NumberPad } from "../src/features/meeting/NumberPad";
import { Pieces } from "../src/features/meeting/Pieces";
import { ReckoningList } from "../src/features/meeting/ReckoningList";
import { SheetFoot } from "../src/features/meeting/SheetFoot";
import { Stepper } from "../src/features/meeting/Stepper";
import { BLANK, cellKey, totals } from "../src/features/meeting/sheet";
import { isStep, nextStep, pathOf, STEPS } from "../src/features/meeting/steps";
import { loadLater } from "../src/i18n";
import type { ListedMeeting } from "../src/state/meetings";

beforeEach(loadLater);
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("the steps", () => {
  const meeting = (status: string) => ({ id: "m", status }) as ListedMeeting;

  it("follow each other as in the paper book, and end with the minutes", () => {
    expect(STEPS.map((step) => nextStep(step))).toEqual([...STEPS.slice(1), "minutes"]);
    expect(pathOf("m", "count")).toBe("/meetings/m/count");
    expect(isStep("count")).toBe(true);
    expect(isStep("sheet")).toBe(false);
  });

  it("are all open to a touch but the minutes, as long as the meeting is open", () => {
    render(<Stepper meeting={meeting("OPEN")} step="loans" />);
    expect(screen.getAllByRole("link")).toHaveLength(STEPS.length - 1);
    expect(screen.queryByTestId("step-minutes")).toBeNull();
    expect(screen.getByTestId("step-loans").getAttribute("aria-current")).toBe("step");
    expect(screen.getByTestId("step-bank").getAttribute("aria-label")).toContain("5 of 7");
  });

  it("are locked but for the minutes once it is closed", () => {
    render(<Stepper meeting={meeting("CLOSED")} step="minutes" />);
    expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
      "#/meetings/m/minutes",
    ]);
  });
});

describe("the sheet's foot", () => {
  const draft = {
    [cellKey("jane", "REGULAR")]: { ...BLANK, text: "1500" },
    [cellKey("ann", "REGULAR")]: { ...BLANK, text: "700.50", method: "MPESA" as const },
    [cellKey("ann", "FINE")]: { ...BLANK, text: "50" },
  };
  const foot = (more: object = {}) =>
    render(
      <SheetFoot
        kind="REGULAR"
        sums={totals(draft, [{ kind: "REGULAR", method: "CASH", amount: 300_00 }])}
        count={3}
        blocked={false}
        saving={false}
        stacked
        onSave={() => undefined}
        {...more}
      />,
    );

  it("adds up the column, and of cash only what is cash", () => {
    foot();
    expect(screen.getByTestId("column-total").textContent).toBe("2,500.50");
    expect(screen.getByTestId("cash-on-table").textContent).toBe("1,850.00");
    expect(screen.getByTestId("sheet-save").textContent).toBe("Save 3");
    cleanup();
    foot({ kind: "FINE" });
    expect(screen.getByTestId("column-total").textContent).toBe("50.00");
  });

  it("goes on only when nothing is left to save, and none is wrong", () => {
    const next = <button type="button">On</button>;
    foot({ count: 0, next });
    expect(screen.queryByTestId("sheet-save")).toBeNull();
    cleanup();
    foot({ count: 0, blocked: true, next });
    expect((screen.getByTestId("sheet-save") as HTMLButtonElement).disabled).toBe(false);
    cleanup();
    foot({ saving: true, next });
    expect((screen.getByTestId("sheet-save") as HTMLButtonElement).disabled).toBe(true);
  });
});

describe("the number pad", () => {
  const pad = (more: object = {}) => {
    const on = {
      onKey: vi.fn(),
      onDelete: vi.fn(),
      onChange: vi.fn(),
      onNext: vi.fn(),
      onUsual: vi.fn(),
      onClose: vi.fn(),
    };
    render(<NumberPad cell={BLANK} usual={500_00} {...on} {...more} />);
    return on;
  };

  it("offers the usual amount, and nothing where there is none", () => {
    const on = pad();
    expect(screen.getByTestId("pad-usual").textContent).toContain("500.00");
    fireEvent.click(screen.getByTestId("pad-usual"));
    expect(on.onUsual).toHaveBeenCalledOnce();
    cleanup();
    pad({ usual: null });
    expect((screen.getByTestId("pad-usual") as HTMLButtonElement).disabled).toBe(true);
  });

  it("asks for the code of an M-Pesa payment only", () => {
    pad();
    expect(screen.queryByRole("textbox")).toBeNull();
    cleanup();
    const on = pad({ cell: { ...BLANK, method: "MPESA" } });
    fireEvent.input(screen.getByRole("textbox"), { target: { value: "rkt1" } });
    expect(on.onChange).toHaveBeenCalledWith({ code: "RKT1" });
  });
});

describe("the count", () => {
  it("says what each kind of note comes to", () => {
    const onChange = vi.fn();
    render(<Pieces pieces={{ 100000: "3" }} onChange={onChange} />);
    expect(document.body.textContent).toContain("3,000.00");
    fireEvent.input(screen.getByLabelText("Pieces of KES 500"), { target: { value: "2" } });
    expect(onChange).toHaveBeenCalledWith(50000, "2");
  });

  it("explains the expected cash, without the lines that are nothing", () => {
    render(
      <ReckoningList
        opening={1000_00}
        brought={0}
        cashIn={500_00}
        cashOut={200_00}
        elsewhere={0}
        banked={300_00}
        expected={1000_00}
      />,
    );
    const lines = screen.getAllByRole("term").map((term) => term.textContent);
    expect(lines).toEqual([
      "In the cash box before",
      "Came in",
      "Went out",
      "To the bank",
      "Expected",
    ]);
    expect(screen.getByTestId("expected").textContent).toBe("1,000.00");
    expect(document.body.textContent).toContain("\u2212300.00");
  });
});

describe("a row of choices that is wider than the screen", () => {
  const options = ["One", "Two", "Three"].map((label) => ({ value: label, label }));
  const wide = (left: number) => {
    vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockReturnValue(500);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(300);
    vi.spyOn(HTMLElement.prototype, "scrollLeft", "get").mockReturnValue(left);
  };
  const row = () =>
    render(
      <Segmented scroll label="Kinds" value="One" options={options} onChange={() => undefined} />,
    );

  it("says that more follow, and at the end leads back", async () => {
    wide(0);
    row();
    expect(await screen.findByRole("button", { name: "Show more" })).toBeTruthy();
    cleanup();
    vi.restoreAllMocks();
    wide(200);
    row();
    expect(await screen.findByRole("button", { name: "Back to the first" })).toBeTruthy();
  });

  it("has no arrow where all of it is seen", () => {
    row();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
