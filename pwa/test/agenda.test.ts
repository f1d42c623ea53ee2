import { describe, expect, it } from "vitest";
import type { Group } from "../src/lib/model";
import { groups } from "../src/records/groups";
import { type Loan, loans } from "../src/records/loans";
import { reviewItems } from "../src/records/reviewItems";
import type { WelfareRequest } from "../src/records/welfareRequests";
import { dueAtMeetings, fromOffice, loansFor, welfareFor } from "../src/state/agenda";
import { GROUP, groupNode, loanNode, reviewNode } from "./fixtures";

const loan = (id: string, more: object): Loan => loans.fromNode(loanNode(id, "m", more) as never);
const item = (more: object) => reviewItems.fromNode(reviewNode("op", more) as never);
const NOW = Date.parse("2026-11-26T12:00:00Z");

describe("what waits for the officer", () => {
  it("loans that lack the officer's own approval, the oldest first", () => {
    const mine = {
      role: "FIELD_OFFICER",
      approvedBy: { id: "me", name: "Me" },
      notes: null,
      decidedAt: "2026-11-02T10:00:00Z",
      onOfficersDevice: false,
    };
    const found = loansFor("me", [
      loan("newer", { applicationDate: "2026-11-20" }),
      loan("older", {}),
      loan("chair's turn", { approvals: [mine], approvalsMissing: ["GROUP_CHAIR"] }),
      loan("ready", { status: "APPROVED", approvalsMissing: [] }),
      loan("running", { status: "DISBURSED", approvalsMissing: [] }),
      loan("refused", { status: "REJECTED" }),
    ]);
    expect(found.toApprove.map(({ id }) => id)).toEqual(["older", "newer"]);
    expect(found.toPay.map(({ id }) => id)).toEqual(["ready"]);
  });

  it("welfare that lacks an approval, whose ever it is, and what lacks only the money", () => {
    const request = (id: string, status: string, requestedOn = "2026-11-20") =>
      ({ id, status, requestedOn }) as WelfareRequest;
    const found = welfareFor([
      request("newer", "PENDING"),
      request("older", "PENDING", "2026-11-02"),
      request("ready", "APPROVED"),
      request("paid", "PAID"),
      request("refused", "REJECTED"),
    ]);
    expect(found.welfareAsked.map(({ id }) => id)).toEqual(["older", "newer"]);
    expect(found.welfareToPay.map(({ id }) => id)).toEqual(["ready"]);
  });

  it("what the office asks, and what it decided within a week", () => {
    const { asked, decided } = fromOffice(
      [
        item({ status: "OPEN", decision: null, decidedAt: null }),
        item({ status: "SENT_BACK", decision: "SEND_BACK", decidedAt: null }),
        item({ decidedAt: "2026-11-20T12:00:00Z" }),
        item({ decidedAt: "2026-11-18T12:00:00Z" }),
        item({ decision: "RESOLVED", decidedAt: "2026-11-25T12:00:00Z" }),
      ],
      NOW,
    );
    expect(asked).toHaveLength(1);
    expect(decided.map(({ decidedAt }) => decidedAt)).toEqual(["2026-11-20T12:00:00Z"]);
  });

  it("what is due on the day of the next meeting, and not what falls due after it", () => {
    const group = groups.fromNode({ ...groupNode(), meetingDay: "FRIDAY" } as never);
    const running = (id: string) =>
      loan(id, { status: "DISBURSED", disbursedOn: "2026-09-15", approvalsMissing: [] });
    const all = new Map<string, Group>([[GROUP, group]]);
    const due = (today: string) =>
      dueAtMeetings(all, [running("a"), running("b"), loan("c", {})], [], today).get(GROUP);
    // Instalments of 4,400.00: that of 15 October is paid, that of 15 November is open.
    expect(due("2026-11-07")).toEqual({ date: "2026-11-13", loans: 0, amount: 0 });
    expect(due("2026-11-15")).toMatchObject({ date: "2026-11-20", loans: 2 });
    expect(due("2026-11-15")?.amount).toBeGreaterThanOrEqual(2 * 4400_00);
  });
});
