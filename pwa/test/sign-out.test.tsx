// @vitest-environment happy-dom
/** What the officer hears before the phone is signed out, and what stays on it. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SignOutDialog } from "../src/features/account/SignOutDialog";
import { clearData } from "../src/state/data";
import { sheetDraft } from "../src/state/meeting-actions";
import * as session from "../src/state/session";
import { keepSigner, makeSigner } from "../src/store/signers";
import { saveDraft } from "../src/store/user-store";
import { GROUP } from "./fixtures";
import { JANE, type Phone, unlocked } from "./stage";

vi.mock("../src/state/sync", () => ({ syncSoon: () => undefined, syncNow: () => undefined }));
vi.mock("../src/platform/push", () => ({ unsubscribe: () => Promise.resolve() }));

let phone: Phone;

beforeEach(async () => {
  phone = await unlocked();
  vi.spyOn(session, "signOut").mockResolvedValue();
});
afterEach(() => {
  cleanup();
  clearData();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Whether the store stays on the phone. */
async function signOut(): Promise<unknown> {
  await waitFor(() => {
    expect(screen.getByTestId("sign-out-confirm").hasAttribute("disabled")).toBe(false);
  });
  fireEvent.click(screen.getByTestId("sign-out-confirm"));
  await waitFor(() => expect(session.signOut).toHaveBeenCalledOnce());
  return vi.mocked(session.signOut).mock.calls[0]?.[0];
}

it("a sheet that is only typed is named with its money, and kept", async () => {
  await saveDraft(phone.store, sheetDraft(GROUP, null), {
    [`${JANE}:REGULAR`]: { text: "1500", method: "CASH", code: "" },
  });
  render(<SignOutDialog onClose={() => undefined} />);
  const half = await screen.findByTestId("half-typed");
  expect(half.textContent).toContain(
    "the collection sheet of Umoja: 1 payment, KES\u00a01,500.00 in all",
  );
  expect(half.textContent).toContain("no export holds it");
  // No export and no sync is offered for what neither of them would carry.
  expect(screen.queryByText("Sync now")).toBeNull();
  expect(await signOut()).toBe(true);
});

it("with nothing left all goes, and the keys of those who sign here are spoken of", async () => {
  const about = {
    keyId: "k",
    userId: "u",
    name: "Mary Njeri",
    role: "GROUP_CHAIR" as const,
    groupId: GROUP,
  };
  await keepSigner(phone.store, (await makeSigner(about, "580317", 1000)).signer);
  render(<SignOutDialog onClose={() => undefined} />);
  expect(await screen.findByText(/1 person who signs on this phone must be let in/)).toBeTruthy();
  expect(screen.queryByTestId("half-typed")).toBeNull();
  expect(await signOut()).toBe(false);
});
