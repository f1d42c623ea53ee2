import { describe, expect, test } from "vitest";
import { isToRemind, reminderLinks, reminderText } from "./reminder";

const LOAN = {
  status: "DISBURSED",
  arrears: "3300.00",
  daysOverdue: 12,
  nextDueDate: "2026-12-05",
  nextDueAmount: "3300.00",
  member: { memberName: "Jane Wanjiku", phone: "254712345678" },
  group: { name: "Umoja" },
} as const;

describe("a reminder", () => {
  test("says what is overdue and since when, in both languages", () => {
    expect(reminderText(LOAN, "en")).toBe(
      "Dear Jane Wanjiku, KES 3,300.00 of your loan from Umoja is 12 days overdue. " +
        "Please pay your officer, or at the next meeting. Thank you.",
    );
    expect(reminderText(LOAN, "sw")).toContain("KES 3,300.00 za mkopo wako wa Umoja");
    expect(reminderText({ ...LOAN, daysOverdue: 1 }, "en")).toContain("1 day overdue");
  });

  test("says what falls due within three days, and nothing earlier", () => {
    const paid = { ...LOAN, arrears: "0.00", daysOverdue: 0 };
    expect(isToRemind(paid, "2026-12-01")).toBe(false);
    expect(isToRemind(paid, "2026-12-02")).toBe(true);
    expect(reminderText(paid, "en")).toContain("KES 3,300.00 of your loan from Umoja is due on 5");
    expect(isToRemind({ ...paid, nextDueDate: null }, "2026-12-02")).toBe(false);
  });

  test("is for running loans only", () => {
    expect(isToRemind(LOAN)).toBe(true);
    expect(isToRemind({ ...LOAN, status: "WRITTEN_OFF" })).toBe(false);
    expect(isToRemind({ ...LOAN, status: "COMPLETED" })).toBe(false);
  });

  test("opens written in WhatsApp or the messages of a phone", () => {
    const { whatsapp, sms } = reminderLinks("254712345678", "Pay & thanks");
    expect(whatsapp).toBe("https://wa.me/254712345678?text=Pay%20%26%20thanks");
    expect(sms).toBe("sms:+254712345678?body=Pay%20%26%20thanks");
  });
});
