// @vitest-environment happy-dom
/** Whole steps of a meeting, from the touch to what is written down. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MeetingStepScreen } from "../src/features/meeting/MeetingStepScreen";
import { WelfareRequestScreen, WelfareScreen } from "../src/features/meeting/WelfareScreen";
import { clearData, useData } from "../src/state/data";
import { markAttendance } from "../src/state/meeting-actions";
import { keepSigner, makeSigner } from "../src/store/signers";
import { GROUP, loanNode } from "./fixtures";
import { DAY, draw, JANE, JOHN, openMeeting, type Phone, recorded, unlocked } from "./stage";

// Nothing goes up: what is asked is what lies in the outbox.
vi.mock("../src/state/sync", () => ({ syncSoon: () => undefined }));

let phone: Phone;
let meeting: string;

const step = (name: string) => draw(<MeetingStepScreen id={meeting} step={name} />);
const text = (id: string) => screen.getByTestId(id).textContent;
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const touch = (id: string) => fireEvent.click(screen.getByTestId(id));

async function begin(more: object = {}) {
  phone = await unlocked(more);
  meeting = await openMeeting();
  await recorded(1);
}

beforeEach(() => {
  window.location.hash = "";
});
afterEach(() => {
  cleanup();
  clearData();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("the collection sheet", () => {
  beforeEach(() => begin());

  it("fills the usual for all, and writes it all down at this meeting", async () => {
    step("collect");
    fireEvent.click(await screen.findByTestId("usual-all"));
    expect(text("column-total")).toBe("1,000.00");
    expect(text("cash-on-table")).toBe("2,000.00");
    touch("sheet-save");
    await recorded(3);
    expect((await phone.outbox()).slice(1)).toMatchObject(
      [JANE, JOHN].map((memberId) => ({
        type: "recordContribution",
        input: { memberId, meetingId: meeting, amount: "500.00", paymentMethod: "CASH" },
      })),
    );
    expect(await screen.findAllByTestId("recorded-entry")).toHaveLength(2);
    // Nothing is left to save: the way goes on.
    expect(screen.getByTestId("step-next").textContent).toBe("Next: Loans");
  });

  it("goes down the column by Enter, and says whose amount is none", async () => {
    step("collect");
    const jane = await screen.findByLabelText("Savings for Jane Wanjiku");
    jane.focus();
    await screen.findByRole("region", { name: "Number pad" });
    fireEvent.keyDown(jane, { key: "Enter" });
    const john = screen.getByLabelText("Savings for John Kiprop");
    expect(document.activeElement).toBe(john);
    fireEvent.input(john, { target: { value: "5oo" } });
    touch("sheet-save");
    expect(useData.getState().operations).toHaveLength(1);
    // What was typed stands.
    expect((john as HTMLInputElement).value).toBe("5oo");
  });

  it("folds away who is not here, and takes their money all the same", async () => {
    await markAttendance({ id: meeting, groupId: GROUP } as Parameters<typeof markAttendance>[0], {
      [JANE]: "PRESENT",
      [JOHN]: "ABSENT",
    });
    await recorded(2);
    step("collect");
    const away = (await screen.findByText("Not here (1)")).closest("details");
    expect(away?.open).toBe(false);
    expect(within(away as HTMLElement).getByText("John Kiprop")).toBeTruthy();
    touch("usual-all");
    expect(text("column-total")).toBe("500.00");
    type("Savings for John Kiprop", "200");
    expect(text("column-total")).toBe("700.00");
  });
});

describe("the count", () => {
  beforeEach(() => begin());

  it("does not close over a difference that nobody explains", async () => {
    step("count");
    await screen.findByTestId("close-meeting");
    expect(text("cash-on-table")).toBe("1,000.00");
    type("Pieces of KES 500", "1");
    type("Pieces of KES 200", "2");
    expect(text("count-outcome")).toContain("KES\u00a0100.00 less than the books");
    touch("close-meeting");
    const note = screen.getByTestId("variance-note");
    await waitFor(() => expect(note.getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByText(/Count again, or say why/)).toBeTruthy();
    expect(useData.getState().operations).toHaveLength(1);

    fireEvent.input(note, { target: { value: "  Change given   twice " } });
    touch("close-meeting");
    await recorded(2);
    expect((await phone.outbox())[1]).toMatchObject({
      type: "closeMeeting",
      close: { counted: 900_00, expected: 1000_00, variance: -100_00 },
      input: { meetingId: meeting, varianceNote: "Change given twice" },
    });
    expect(window.location.hash).toBe(`#/meetings/${meeting}/minutes`);
  });

  it("closes without a word where the cash agrees", async () => {
    step("count");
    await screen.findByTestId("close-meeting");
    type("Pieces of KES 1000", "1");
    expect(text("count-outcome")).toContain("agrees with the books");
    expect(screen.queryByTestId("variance-note")).toBeNull();
    touch("close-meeting");
    await recorded(2);
    const closed = (await phone.outbox())[1];
    expect(closed).toMatchObject({ type: "closeMeeting", close: { variance: 0 } });
    expect(closed?.input).not.toHaveProperty("varianceNote");
  });
});

describe("the minutes", () => {
  const PIN = "580317";

  it("are confirmed by the chair, with their own PIN", async () => {
    await begin();
    const about = {
      keyId: uuidv7(),
      userId: uuidv7(),
      name: "Mary Njeri",
      role: "GROUP_CHAIR" as const,
      groupId: GROUP,
    };
    await keepSigner(phone.store, (await makeSigner(about, PIN, 1000)).signer);
    step("count");
    await screen.findByTestId("close-meeting");
    type("Pieces of KES 1000", "1");
    touch("close-meeting");
    await recorded(2);
    cleanup();

    step("minutes");
    fireEvent.click(await screen.findByTestId("sign-minutes"));
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).toContain("KES\u00a01,000.00 counted");
    const sign = (pin: string) => {
      fireEvent.input(screen.getByTestId("sign-pin"), { target: { value: pin } });
      touch("sign-save");
    };
    sign("111222");
    await screen.findByText(/9 tries left/);
    expect(useData.getState().operations).toHaveLength(2);
    sign(PIN);
    await recorded(3);
    expect((await phone.outbox())[2]).toMatchObject({
      type: "confirmMeeting",
      by: { name: "Mary Njeri" },
      input: { meetingId: meeting, signature: { keyId: about.keyId } },
    });
    expect((await screen.findByTestId("confirmed")).textContent).toContain("Mary Njeri");
    expect(screen.queryByTestId("sign-minutes")).toBeNull();
  });
});

describe("cash that the table should not have", () => {
  it("is warned of, and recorded: it was handed out", async () => {
    const loan = loanNode(uuidv7(), JANE, { status: "APPROVED", approvalsMissing: [] });
    await begin({ loans: [loan] });
    step("loans");
    fireEvent.click(await screen.findByTestId("pay-out"));
    expect(text("cash-warning")).toContain("only KES\u00a01,000.00 on the table");
    fireEvent.click(screen.getByRole("radio", { name: "M-Pesa" }));
    expect(screen.queryByTestId("cash-warning")).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "Cash" }));
    touch("pay-out-save");
    await recorded(2);
    expect((await phone.outbox())[1]).toMatchObject({
      type: "disburseLoan",
      input: { loanId: loan.id, paymentMethod: "CASH", meetingId: meeting },
    });
  });

  it("is warned of when the group spends it too, and not when it earns", async () => {
    await begin();
    step("other");
    fireEvent.click(await screen.findByTestId("add-money"));
    type("Amount (KES)", "1200");
    expect(screen.getByTestId("cash-warning")).toBeTruthy();
    const kind = screen.getByLabelText("What happened?");
    fireEvent.change(kind, { target: { value: "OTHER_INCOME" } });
    await waitFor(() => expect(screen.queryByTestId("cash-warning")).toBeNull());
  });
});

describe("welfare between two meetings", () => {
  const asked = (more: object = {}) => ({
    id: uuidv7(),
    group: { id: GROUP },
    member: { id: JANE },
    amount: "300.00",
    reason: "Hospital",
    status: "PENDING",
    requestedOn: DAY,
    rejectedReason: null,
    paidOn: null,
    approvals: [],
    approvalsMissing: ["FIELD_OFFICER", "GROUP_CHAIR"],
    ...more,
  });

  it("is approved by the officer", async () => {
    const request = asked();
    phone = await unlocked({ welfareRequests: [request] });
    draw(<WelfareScreen groupId={GROUP} />);
    fireEvent.click(await screen.findByRole("button", { name: "I approve" }));
    await recorded(1);
    expect((await phone.outbox())[0]).toMatchObject({
      type: "approveWelfare",
      input: { requestId: request.id },
    });
    expect(await screen.findByText("waits for: chair")).toBeTruthy();
  });

  it("is where a notice about it leads, with what became of it", async () => {
    const refused = asked({ status: "REJECTED", rejectedReason: "Not sick" });
    const other = asked({ member: { id: JOHN } });
    phone = await unlocked({ welfareRequests: [refused, other] });
    draw(<WelfareRequestScreen id={refused.id} />);
    expect((await screen.findByTestId("welfare-outcome")).textContent).toBe(
      "Welfare of KES\u00a0300.00 for Jane Wanjiku was refused: Not sick",
    );
    expect((await screen.findByTestId("welfare-request")).textContent).toContain("John Kiprop");
    cleanup();
    draw(<WelfareRequestScreen id={uuidv7()} />);
    expect(await screen.findByText(/not on this phone/)).toBeTruthy();
  });

  it("is paid without a meeting, and refused only with a reason", async () => {
    const paid = asked({ status: "APPROVED", approvalsMissing: [] });
    const refused = asked({ member: { id: JOHN } });
    phone = await unlocked({ welfareRequests: [paid, refused] });
    draw(<WelfareScreen groupId={GROUP} />);
    fireEvent.click(await screen.findByTestId("pay-welfare"));
    touch("welfare-save");
    await recorded(1);
    const payout = (await phone.outbox())[0];
    expect(payout).toMatchObject({ type: "payWelfare", input: { requestId: paid.id } });
    expect(payout?.input).not.toHaveProperty("meetingId");

    await waitFor(() => expect(screen.getAllByTestId("welfare-request")).toHaveLength(1));
    touch("refuse-welfare");
    touch("reason-confirm");
    await screen.findByText("Say why in a few words.");
    expect(useData.getState().operations).toHaveLength(1);
    type("Why?", "The fund is for the sick");
    touch("reason-confirm");
    await recorded(2);
    expect((await phone.outbox())[1]).toMatchObject({
      type: "rejectWelfare",
      input: { requestId: refused.id, reason: "The fund is for the sick" },
    });
    expect(await screen.findByText("Nobody waits for welfare.")).toBeTruthy();
  });
});
