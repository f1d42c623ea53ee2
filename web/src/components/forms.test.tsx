import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { chooseLanguage, t } from "../i18n";
import { useForm } from "../lib/use-form";
import { ConfirmDialog } from "./ConfirmDialog";
import { DateInput } from "./DateInput";
import { fromTyped } from "./date-text";
import { FormModal } from "./FormModal";
import { MoneyInput } from "./MoneyInput";

const show = (node: ReactNode) => render(<MantineProvider>{node}</MantineProvider>);
const dialog = (testId: string) => waitFor(() => screen.getByTestId(testId));

type Sent = { amount: string; offlineSyncId: string };
type Refusal = { error?: unknown; data?: true };

function Payment({
  send,
  onClose,
}: {
  send: (sent: Sent) => Promise<Refusal>;
  onClose: () => void;
}) {
  const form = useForm({
    initial: { amount: "" },
    check: ({ amount }): Record<string, string> => (amount ? {} : { amount: "missing" }),
    send: ({ amount }, { offlineSyncId }) => send({ amount, offlineSyncId }),
    onDone: onClose,
  });
  return (
    <FormModal
      title="Pay"
      submitLabel="Pay"
      submitTestId="pay"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <input aria-label="Amount" {...form.bind("amount")} data-testid="amount" />
      <span data-testid="error">{form.errors.fields.amount}</span>
    </FormModal>
  );
}

const refused = (field?: string) => ({
  error: {
    kind: "refused",
    code: "BAD_INPUT",
    message: "Too much.",
    failures: [{ code: "BAD_INPUT", message: "Too much.", field }],
  },
});

async function enter(value: string) {
  fireEvent.change(await dialog("amount"), { target: { value } });
}

test("two presses send once, and a repeat after a refusal keeps its id", async () => {
  const sent: Sent[] = [];
  const answers = [refused("input.amount"), { data: true as const }];
  const send = vi.fn(async (values: Sent) => {
    sent.push(values);
    return answers.shift() ?? {};
  });
  const onClose = vi.fn();
  show(<Payment send={send} onClose={onClose} />);
  await enter("500");
  const button = screen.getByTestId("pay");
  fireEvent.click(button);
  fireEvent.click(button);
  await waitFor(() => expect(screen.getByTestId("error")).toHaveTextContent("Too much."));
  expect(send).toHaveBeenCalledOnce();
  fireEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent[1]?.offlineSyncId).toBe(sent[0]?.offlineSyncId);
});

test("what is missing is said before anything is sent; what names no field stands above", async () => {
  const send = vi.fn(async () => refused("somethingElse"));
  show(<Payment send={send} onClose={vi.fn()} />);
  fireEvent.click(await dialog("pay"));
  expect(screen.getByTestId("error")).toHaveTextContent("missing");
  expect(send).not.toHaveBeenCalled();
  await enter("500");
  fireEvent.click(screen.getByTestId("pay"));
  await waitFor(() => expect(screen.getByTestId("form-error")).toHaveTextContent("Too much."));
});

test("closing a changed form asks first, an untouched one closes", async () => {
  const onClose = vi.fn();
  show(<Payment send={async () => ({})} onClose={onClose} />);
  await enter("500");
  fireEvent.click(screen.getByText(t("common.cancel")));
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(await dialog("unsaved-stay"));
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText(t("common.cancel")));
  fireEvent.click(await dialog("unsaved-leave"));
  expect(onClose).toHaveBeenCalledOnce();
});

test("the confirmation repeats the names and the amount, and cannot be closed while it runs", async () => {
  const onConfirm = vi.fn();
  const facts = [
    { name: "Member", value: "Jane Wanjiku" },
    { name: "Amount", value: "KES 500.00", figure: true },
  ];
  const props = { title: "Pay out", facts, confirmLabel: "Pay KES 500.00", onConfirm };
  const shown = show(<ConfirmDialog {...props} busy={false} onClose={vi.fn()} />);
  expect(await dialog("confirm-dialog")).toHaveTextContent("Jane Wanjiku");
  expect(screen.getByTestId("confirm-dialog")).toHaveTextContent("KES 500.00");
  fireEvent.click(screen.getByTestId("confirm"));
  expect(onConfirm).toHaveBeenCalledOnce();
  shown.unmount();
  const onClose = vi.fn();
  show(<ConfirmDialog {...props} busy onClose={onClose} />);
  await dialog("confirm-dialog");
  fireEvent.click(screen.getByLabelText(t("common.close")));
  expect(onClose).not.toHaveBeenCalled();
});

function Held({ input }: { input: (value: string, set: (value: string) => void) => ReactNode }) {
  const [value, set] = useState("");
  return (
    <>
      {input(value, set)}
      <output data-testid="held">{value}</output>
    </>
  );
}

test("an amount is grouped when one leaves the field, and nonsense is left to the form", () => {
  show(
    <Held
      input={(value, set) => (
        <MoneyInput label="Amount" value={value} onChange={set} testId="amount" />
      )}
    />,
  );
  const input = screen.getByTestId("amount");
  fireEvent.change(input, { target: { value: "12500.5" } });
  fireEvent.blur(input);
  expect(screen.getByTestId("held")).toHaveTextContent("12,500.50");
  fireEvent.change(input, { target: { value: "abc" } });
  fireEvent.blur(input);
  expect(screen.getByTestId("held")).toHaveTextContent("abc");
});

test("a typed day is a date only if it exists", () => {
  expect(fromTyped("5/11/2026")).toBe("2026-11-05");
  expect(fromTyped("05.11.2026")).toBe("2026-11-05");
  expect(fromTyped("2026-11-05")).toBe("2026-11-05");
  for (const text of ["30/02/2026", "11/25/2026", "5/11/26", "", "yesterday"]) {
    expect(fromTyped(text)).toBeNull();
  }
});

test("half a date is none, and what is wrong is said when one leaves the field", () => {
  show(
    <Held
      input={(value, set) => (
        <DateInput label="Date" value={value} onChange={set} max="2026-11-27" testId="date" />
      )}
    />,
  );
  const input = screen.getByTestId("date");
  const type = (value: string) => fireEvent.change(input, { target: { value } });
  type("5/11/2026");
  expect(screen.getByTestId("held")).toHaveTextContent("2026-11-05");
  type("5/11/20");
  expect(screen.getByTestId("held")).toBeEmptyDOMElement();
  fireEvent.blur(input);
  expect(screen.getByText(t("dateInput.wrong"))).toBeInTheDocument();
  type("28/11/2026");
  fireEvent.blur(input);
  expect(screen.getByText(t("dateInput.late", { date: "27 Nov 2026" }))).toBeInTheDocument();
  expect(screen.getByTestId("held")).toBeEmptyDOMElement();
});

afterEach(() => chooseLanguage("en"));

test("the date field speaks the app's language", async () => {
  await chooseLanguage("sw");
  show(<DateInput label="Tarehe" value="" onChange={vi.fn()} testId="date" />);
  expect(screen.getByTestId("date")).toHaveAttribute("placeholder", "siku/mwezi/mwaka");
});
