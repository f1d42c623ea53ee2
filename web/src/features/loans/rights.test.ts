import { expect, test } from "vitest";
import type { Role } from "../../gen/graphql";
import { type Asked, actionsFor, reversible } from "./rights";

const LOAN: Asked = {
  status: "PENDING",
  loanAmount: "9000.00",
  idVerified: true,
  approvalsMissing: ["FIELD_OFFICER", "GROUP_CHAIR"],
  approvals: [],
  repayments: [],
  disbursementEntryId: null,
  writeOffEntryId: null,
  arrears: "0.00",
  nextDueDate: null,
};
const asked = (role: Role, changes: Partial<Asked> = {}) =>
  actionsFor({ ...LOAN, ...changes }, { id: "me", role });
const paid = (id: string, isReversed = false) =>
  ({ id, isReversed }) as Asked["repayments"][number];

test("who has a place approves or refuses; nobody else does", () => {
  expect(asked("FIELD_OFFICER")).toEqual(["approve", "reject"]);
  expect(asked("GROUP_CHAIR")).toEqual(["approve", "reject"]);
  expect(asked("GROUP_COMMITTEE")).toEqual([]);
  expect(asked("SYSTEM_ADMIN")).toEqual(["reject"]);
  const large = { loanAmount: "250000.00", approvalsMissing: ["SYSTEM_ADMIN" as const] };
  expect(asked("SYSTEM_ADMIN", large)).toEqual(["approve", "reject"]);
  // The chair may be one of the committee.
  const middle = { loanAmount: "60000.00", approvalsMissing: ["GROUP_COMMITTEE" as const] };
  expect(asked("GROUP_CHAIR", middle)).toEqual(["approve", "reject"]);
});

test("the ID comes first, and nobody approves twice", () => {
  expect(asked("FIELD_OFFICER", { idVerified: false })).toEqual(["verify", "reject"]);
  expect(asked("GROUP_CHAIR", { idVerified: false })).toEqual(["reject"]);
  const mine = [{ approvedBy: { id: "me" } }] as Asked["approvals"];
  expect(asked("FIELD_OFFICER", { approvals: mine })).toEqual(["reject"]);
});

test("money is handled by officers and administrators only", () => {
  const approved = { status: "APPROVED", approvalsMissing: [] } as const;
  expect(asked("FIELD_OFFICER", { ...approved, approvalsMissing: [] })).toEqual([
    "disburse",
    "reject",
  ]);
  expect(asked("GROUP_CHAIR", { status: "DISBURSED" })).toEqual([]);
  expect(asked("FIELD_OFFICER", { status: "WRITTEN_OFF" })).toEqual(["repay"]);
});

test("whoever sees a loan that is overdue may remind its member", () => {
  const late = { status: "DISBURSED", arrears: "10.00" } as const;
  expect(asked("GROUP_CHAIR", late)).toEqual(["remind"]);
  expect(asked("FIELD_OFFICER", late)).toEqual(["repay", "remind"]);
});

test("a payout is taken back only while nothing that counts was repaid", () => {
  const runs = { status: "DISBURSED", disbursementEntryId: "entry" } as const;
  expect(asked("SYSTEM_ADMIN", runs)).toEqual(["repay", "writeOff", "reverseDisbursement"]);
  expect(asked("SYSTEM_ADMIN", { ...runs, repayments: [paid("a")] })).toEqual([
    "repay",
    "writeOff",
  ]);
  expect(asked("SYSTEM_ADMIN", { ...runs, repayments: [paid("a", true)] })).toContain(
    "reverseDisbursement",
  );
  expect(asked("SYSTEM_ADMIN", { status: "WRITTEN_OFF", writeOffEntryId: "entry" })).toEqual([
    "repay",
    "reverseWriteOff",
  ]);
  expect(asked("SYSTEM_ADMIN", { status: "COMPLETED" })).toEqual([]);
});

test("only the newest repayment that counts is reversed, by an administrator", () => {
  const loan = { ...LOAN, repayments: [paid("a"), paid("b"), paid("c", true)] };
  expect(reversible(loan, { id: "me", role: "SYSTEM_ADMIN" })).toBe("b");
  expect(reversible(loan, { id: "me", role: "FIELD_OFFICER" })).toBeNull();
});
