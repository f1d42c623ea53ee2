/** What is typed and not written down is named before the officer signs out. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { beforeEach, describe, expect, it } from "vitest";
import { peekHalfTyped } from "../src/state/half-typed";
import { meetingDraft, sheetDraft, startDraft, stepDraft } from "../src/state/meeting-actions";
import { saveDraft, type UserStore } from "../src/store/user-store";
import { freshStore } from "./fixtures";

let store: UserStore;
const cell = (text: string) => ({ text, method: "CASH", code: "" });

beforeEach(async () => {
  store = await freshStore();
});

describe("half typed", () => {
  it("is nothing on a phone where nobody has typed", async () => {
    await saveDraft(store, stepDraft("m"), "collect");
    await saveDraft(store, startDraft("g"), { date: "2026-11-27", venue: "Hall", brought: "" });
    await saveDraft(store, "signers", [{ name: "Chair" }]);
    expect(await peekHalfTyped(store)).toEqual([]);
  });

  it("is a collection sheet, with how many payments and how much", async () => {
    await saveDraft(store, sheetDraft("g", "m"), {
      "jane:REGULAR": cell("1500"),
      "ann:FINE": cell("50.50"),
      "ann:REGULAR": cell(""),
      "joy:REGULAR": cell("0"),
      "joy:REPAYMENT": { ...cell(""), loanId: "l" },
    });
    expect(await peekHalfTyped(store)).toEqual([
      { what: "sheet", groupId: "g", count: 2, amount: 1550_50 },
    ]);
  });

  it("is a sheet without a meeting too, and what is no amount counts", async () => {
    await saveDraft(store, sheetDraft("g", null), { "jane:REGULAR": cell("5oo") });
    expect(await peekHalfTyped(store)).toEqual([
      { what: "sheet", groupId: "g", count: 1, amount: 0 },
    ]);
  });

  it("is a count, once something stands in it", async () => {
    const blank = { banked: "", pieces: { 100000: "" }, note: "", resolutions: " " };
    await saveDraft(store, meetingDraft("m"), blank);
    expect(await peekHalfTyped(store)).toEqual([]);
    await saveDraft(store, meetingDraft("m"), { ...blank, pieces: { 100000: "3" } });
    expect(await peekHalfTyped(store)).toEqual([{ what: "count" }]);
  });

  it("is an application for a loan of today, and not one of another day", async () => {
    const typed = { values: { amount: "5000" }, witnesses: [], purpose: "" };
    await saveDraft(store, "apply:jane:", { ...typed, date: todayInNairobi() });
    await saveDraft(store, "apply:ann:", { ...typed, date: "2020-01-01" });
    await saveDraft(store, "apply:joy:", { ...typed, values: {}, date: todayInNairobi() });
    expect(await peekHalfTyped(store)).toEqual([{ what: "application", memberId: "jane" }]);
  });

  it("is a registration", async () => {
    await saveDraft(store, "registration", { form: {}, name: "Mary", begunAt: 1 });
    expect(await peekHalfTyped(store)).toEqual([{ what: "registration", name: "Mary" }]);
  });
});
