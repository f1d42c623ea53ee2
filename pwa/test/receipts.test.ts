import { describe, expect, it, vi } from "vitest";
import { loadLater } from "../src/i18n";
import type { BodyOf, Operation, OperationBody } from "../src/lib/model";
import { linesOf } from "../src/lib/receipt-picture";
import { asText, sheetOf } from "../src/state/receipt-sheet";
import { type Entry, once, payoutEntry, receiptPath, togetherInBooks } from "../src/state/receipts";
import { loanStory, payment } from "./fixtures";

const entry = (more: Partial<Entry>): Entry => ({
  number: "TB-1",
  code: "7K2M",
  what: "kind.REGULAR",
  amount: 500_00,
  method: "CASH",
  transactionId: null,
  inBooks: "yes",
  ...more,
});

const operation = (body: OperationBody, memberId = "m") =>
  ({
    id: body.input.offlineSyncId,
    type: body.type,
    body,
    memberId,
    status: "waiting",
    timestamp: Date.parse("2026-11-26T22:00:00Z"),
  }) as Operation;

describe("a receipt", () => {
  it("is not in the books as long as one entry is not", () => {
    const [no, office, yes] = (["no", "office", "yes"] as const).map((inBooks) =>
      entry({ inBooks }),
    ) as [Entry, Entry, Entry];
    expect(togetherInBooks([yes, office, no])).toBe("no");
    expect(togetherInBooks([yes, office])).toBe("office");
    expect(togetherInBooks([yes])).toBe("yes");
  });

  it("names what the books and the phone both know once, as the books have it", () => {
    const known = entry({ inBooks: "yes" });
    expect(once([known, entry({ inBooks: "no" }), entry({ number: "TB-2" })])).toEqual([
      known,
      entry({ number: "TB-2" }),
    ]);
  });

  it("knows the loan that was handed out", async () => {
    const { disbursement } = loanStory("m");
    expect(await payoutEntry(operation(disbursement))).toMatchObject({
      what: "receipt.loan",
      amount: -1_200_000,
      inBooks: "no",
    });
    expect(await payoutEntry(operation(payment("m").body))).toBeNull();
  });

  it("is found from the outbox, under the day on which it was paid", () => {
    const { disbursement, repayment, application } = loanStory("m");
    const of = (body: OperationBody) => receiptPath(operation(body));
    expect(of(disbursement)).toBe("/receipt/m/2026-11-02");
    expect(of(repayment)).toBe("/receipt/m/2026-11-20");
    expect(of(application)).toBeNull();
    const undated = payment("m").body as BodyOf<"recordContribution">;
    const { contributionDate: _gone, ...input } = undated.input;
    expect(of({ ...undated, input })).toBe("/receipt/m/2026-11-27");
  });

  it("says in words what was paid in and out, by whom, and where it stands", async () => {
    await loadLater();
    vi.stubGlobal("location", { origin: "https://bank.example.org" });
    const about = {
      memberName: "Jane Wanjiku",
      groupName: "Umoja",
      officerName: "Peter Otieno",
      date: "2026-11-26",
    };
    const text = asText(
      sheetOf(about, [
        entry({ transactionId: "SKL12X9QWE", method: "MPESA" }),
        entry({
          number: "TB-2",
          code: null,
          what: "receipt.loan",
          amount: -1200_00,
          inBooks: "no",
        }),
      ]),
    );
    expect(text.replaceAll("\u00a0", " ").split("\n")).toEqual([
      "Umoja",
      "Receipt for Jane Wanjiku",
      "Thu, 26 Nov 2026",
      "",
      "Savings: KES 500.00 (M-Pesa · SKL12X9QWE)",
      "  TB-1 · code 7K2M",
      "Loan paid out: − KES 1,200.00 (Cash)",
      "  TB-2 · Not yet in the books",
      "",
      "Paid in: KES 500.00",
      "Paid out: KES 1,200.00",
      "Not yet in the books",
      "Recorded by Peter Otieno. The proof is the message that the member gets once it is in the books.",
      "Anyone can check it: https://bank.example.org/receipt",
    ]);
    vi.unstubAllGlobals();
  });

  it("breaks long names on the picture, and never loses a word", () => {
    const context = { measureText: (text: string) => ({ width: text.length * 10 }) as TextMetrics };
    expect(linesOf(context, "Receipt for Jane Wanjiku", 120)).toEqual([
      "Receipt for",
      "Jane Wanjiku",
    ]);
    expect(linesOf(context, "Wanjikuwanjikuwanjiku a", 50)).toEqual(["Wanjikuwanjikuwanjiku", "a"]);
  });
});
