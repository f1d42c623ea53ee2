/** A fresh officer's store, signed in to a fake server. */
import { uuidv7 } from "@tablebanking/common/uuid";
import { vi } from "vitest";
import type { BodyOf, OperationBody } from "../src/lib/model";
import { papers } from "../src/operations/verifyIdentity";
import { seal } from "../src/store/crypto";
import type { OperationRecord, UploadRecord } from "../src/store/schema";
import { openUserStore, setMeta, type UserStore } from "../src/store/user-store";
import { enqueue } from "../src/sync/outbox";
import { sealFile, sealInfo } from "../src/sync/upload-box";
import { FakeServer } from "./fake-server";

export const GROUP = "0191e4b2-7c3a-7def-8abc-000000000001";

export async function freshStore(server: FakeServer = new FakeServer()): Promise<UserStore> {
  vi.stubGlobal("fetch", server.fetch);
  const store = await openUserStore(uuidv7());
  const session = {
    accessToken: server.validToken,
    refreshToken: server.validRefresh,
    expiresAt: Date.now() + 1_800_000,
  };
  await setMeta(store, "session", await seal(store.sealKey, "session", session));
  return store;
}

export function registration(memberId = uuidv7()): {
  id: string;
  memberId: string;
  body: OperationBody;
} {
  const id = uuidv7();
  return {
    id,
    memberId,
    body: {
      type: "registerMember",
      groupName: "Umoja",
      input: {
        id: memberId,
        groupId: GROUP,
        memberName: "Jane Wanjiku",
        idNumber: "12345678",
        phone: "254712345678",
        offlineSyncId: id,
      },
    },
  };
}

export function payment(memberId: string, amount = "500.00", id = uuidv7()) {
  const body: OperationBody = {
    type: "recordContribution",
    memberName: "Jane Wanjiku",
    groupName: "Umoja",
    input: {
      id,
      memberId,
      amount,
      contributionType: "REGULAR",
      paymentMethod: "CASH",
      contributionDate: "2026-11-22",
      offlineSyncId: id,
    },
  };
  return { id, memberId, body };
}

export async function put(
  store: UserStore,
  ...operations: { body: OperationBody }[]
): Promise<void> {
  await enqueue(
    store,
    operations.map(({ body }) => ({ groupId: GROUP, body })),
  );
}

export async function statuses(store: UserStore): Promise<OperationRecord["status"][]> {
  const records = await store.db.getAllFromIndex("pending_operations", "seq");
  return records.map((record) => record.status);
}

/** What the server sends, as it sends it. */
export const groupNode = (id = GROUP) => ({
  id,
  name: "Umoja",
  groupCode: "UMO-1",
  county: "Nakuru",
  ward: "Biashara",
  meetingDay: "FRIDAY",
  meetingVenue: "Church hall",
  status: "ACTIVE",
  cashBalance: "1000.00",
  settings: {
    minimumSaving: "500.00",
    shortTermRate: "10.00",
    longTermRate: "12.00",
    projectRate: "12.00",
    profitShare: "70.00",
    lateFine: "100.00",
    missedMeetingFine: "50.00",
    lateMeetingFine: "20.00",
    missedSavingFine: "0.00",
    graceDays: 3,
    earlyDays: 7,
    appreciationFee: "0.00",
    appreciationPercent: "1.00",
    welfareLimit: "0.00",
    welfareMonths: 6,
    welfarePerYear: 1,
    quorumPercent: "50.00",
  },
});

export const memberNode = (id: string, groupId = GROUP, memberName = "Jane Wanjiku") => ({
  id,
  group: { id: groupId },
  memberName,
  idNumber: "12345678",
  phone: "254712345678",
  dateOfBirth: null,
  registrationDate: "2026-01-01",
  isActive: true,
  idVerified: false,
  documents: [],
  identityCheck: null,
  version: 1,
  nextOfKin: [],
  savingsSummary: { regular: "500.00", welfare: "0.00", project: "0.00", total: "500.00" },
});

export const contributionNode = (id: string, memberId: string) => ({
  id,
  member: { id: memberId, group: { id: GROUP } },
  amount: "500.00",
  contributionType: "REGULAR",
  contributionDate: "2026-11-22",
  paymentMethod: "CASH",
  offlineSyncId: null,
  receiptNumber: "TB-0000-0000-0000",
});

export const loanNode = (id: string, memberId: string, more: object = {}) => ({
  id,
  group: { id: GROUP },
  member: { id: memberId },
  loanType: "SHORT_TERM",
  loanAmount: "12000.00",
  interestRate: "10.00",
  fee: "0.00",
  durationMonths: 3,
  graceMonths: 0,
  purpose: "Seeds",
  status: "PENDING",
  applicationDate: "2026-11-01",
  approvedDate: null,
  disbursedOn: null,
  completedOn: null,
  rejectedReason: null,
  writeOffReason: null,
  idVerified: true,
  witnesses: [],
  approvals: [],
  approvalsMissing: ["FIELD_OFFICER", "GROUP_CHAIR"],
  repaymentSchedule: [1, 2, 3].map((number) => ({
    number,
    dueDate: `2026-${String(10 + number - 1).padStart(2, "0")}-15`,
    principal: "4000.00",
    interest: "400.00",
    remainingBalance: `${(3 - number) * 4000}.00`,
    paidPrincipal: number === 1 ? "4000.00" : "0.00",
    paidInterest: number === 1 ? "400.00" : "0.00",
  })),
  totalInterest: "1200.00",
  totalRepayable: "13200.00",
  annualPercentageRate: "79.59",
  outstandingPrincipal: "0.00",
  outstandingInterest: "0.00",
  outstandingFines: "0.00",
  terms: { lateFine: "100.00", graceDays: 3, earlyDays: 7 },
  accruedOn: null,
  accruedInterest: "0.00",
  ...more,
});

export const reviewNode = (operationId: string, more: object = {}) => ({
  id: uuidv7(),
  group: { id: GROUP },
  member: null,
  kind: "HELD_CASH",
  status: "DECIDED",
  reason: "UNKNOWN_MEMBER",
  message: "The server does not know this member.",
  amount: "500.00",
  direction: "CASH_IN",
  createdAt: "2026-11-26T10:00:00+00:00",
  decision: "ACCEPT",
  decisionNote: null,
  decidedAt: "2026-11-26T11:00:00+00:00",
  subjectId: null,
  operationId,
  ...more,
});

export const page = (more: object) => ({
  cursor: "end",
  hasMore: false,
  deletedIds: [],
  groups: [],
  members: [],
  contributions: [],
  loans: [],
  repayments: [],
  movements: [],
  fineCharges: [],
  reviewItems: [],
  ...more,
});

export const COST = {
  interestRate: 1000,
  fee: 0,
  schedule: [],
  totalInterest: 120_000,
  totalRepayable: 1_320_000,
  annualPercentageRate: 7959,
  terms: { lateFine: 10_000, graceDays: 3, earlyDays: 7 },
};

/** A loan from the application to a repayment, each operation as an officer's phone makes it. */
export function loanStory(memberId: string) {
  const loanId = uuidv7();
  const names = { memberId, memberName: "Jane Wanjiku", groupName: "Umoja" };
  const application: BodyOf<"applyForLoan"> = {
    type: "applyForLoan",
    ...names,
    witnesses: [],
    cost: COST,
    input: {
      id: loanId,
      offlineSyncId: uuidv7(),
      memberId,
      loanType: "SHORT_TERM",
      amount: "12000.00",
      durationMonths: 3,
      purpose: "Seeds",
      witnesses: [],
      applicationDate: "2026-11-01",
    },
  };
  const approve = (role: "FIELD_OFFICER" | "GROUP_CHAIR"): BodyOf<"approveLoan"> => ({
    type: "approveLoan",
    ...names,
    amount: 1_200_000,
    role,
    by: { id: "1", name: role === "GROUP_CHAIR" ? "Chair" : "Officer" },
    input: { loanId, offlineSyncId: uuidv7() },
  });
  const disbursement: BodyOf<"disburseLoan"> = {
    type: "disburseLoan",
    ...names,
    handedOut: 1_200_000,
    input: {
      loanId,
      paymentMethod: "CASH",
      disbursementDate: "2026-11-02",
      offlineSyncId: uuidv7(),
    },
  };
  const repayment: BodyOf<"recordRepayment"> = {
    type: "recordRepayment",
    ...names,
    input: {
      id: uuidv7(),
      loanId,
      amount: "4400.00",
      paymentMethod: "CASH",
      paymentDate: "2026-11-20",
      offlineSyncId: uuidv7(),
    },
  };
  return {
    loanId,
    application,
    approval: approve("FIELD_OFFICER"),
    signature: approve("GROUP_CHAIR"),
    disbursement,
    repayment,
  };
}

/** A picture of `size` bytes, as it is written down to go up. */
export async function picture(
  store: UserStore,
  memberId: string,
  size: number,
  kind: UploadRecord["kind"] = "ID_FRONT",
) {
  const id = uuidv7();
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + size) % 256);
  const names = { memberName: "Jane Wanjiku", groupName: "Umoja" };
  const record: UploadRecord = {
    id,
    kind,
    groupId: GROUP,
    memberId,
    meetingId: null,
    seq: 0,
    makes: kind === "PHOTO" ? [] : [papers(memberId)],
    needs: [memberId],
    takenAt: Date.now(),
    status: "waiting",
    size,
    sent: 0,
    begun: false,
    tries: 0,
    code: null,
    documentId: null,
    settledAt: null,
    info: await sealInfo(store, id, { ...names, sha256: "", message: null }),
  };
  return { record, bytes: await sealFile(store.sealKey, id, bytes) };
}
