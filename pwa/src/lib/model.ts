/** What the app works with once a record is opened: plain values, money in cents. */
import type { Cents } from "@tablebanking/common/money";
import type {
  ContributionType,
  NextOfKinInput,
  PaymentMethod,
  RecordContributionInput,
  RegisterMemberInput,
  TrackOfficerSyncInput,
  UpdateMemberInput,
} from "../gen/graphql";
import type { OperationRecord, OperationType } from "../store/schema";

export const KINDS = [
  "REGULAR",
  "WELFARE",
  "PROJECT",
  "FINE",
  "REGISTRATION",
  "APPRECIATION",
] as const satisfies readonly ContributionType[];
export const METHODS = ["CASH", "MPESA", "BANK"] as const satisfies readonly PaymentMethod[];

export interface Group {
  id: string;
  name: string;
  groupCode: string;
  county: string;
  ward: string;
  meetingDay: string;
  meetingVenue: string;
  active: boolean;
  minimumSaving: Cents;
}

export interface NextOfKin {
  name: string;
  relationship: string;
  phone: string | null;
  idNumber: string | null;
}

export interface Member {
  id: string;
  groupId: string;
  memberName: string;
  idNumber: string;
  phone: string;
  dateOfBirth: string | null;
  registrationDate: string;
  isActive: boolean;
  idVerified: boolean;
  nextOfKin: NextOfKin[];
  /** 0 until the server has the member. */
  version: number;
  savings: { regular: Cents; welfare: Cents; project: Cents; total: Cents } | null;
}

export interface Contribution {
  id: string;
  memberId: string;
  groupId: string;
  amount: Cents;
  kind: ContributionType;
  method: PaymentMethod;
  date: string;
  receiptNumber: string;
  transactionId: string | null;
  operationId: string | null;
}

/** What is sent, and the names that let the outbox speak of it when the member is gone. */
export type OperationBody =
  | { type: "registerMember"; input: RegisterMemberInput & Identified; groupName: string }
  | {
      type: "updateMember";
      input: UpdateMemberInput & Synced;
      memberName: string;
      groupName: string;
      /** What the officer saw when the edit was made: shows what was meant when it clashes. */
      before: Partial<Member>;
    }
  | {
      type: "recordContribution";
      input: RecordContributionInput & Identified;
      memberName: string;
      groupName: string;
    }
  | { type: "trackOfficer"; input: TrackOfficerSyncInput };

interface Synced {
  offlineSyncId: string;
}
interface Identified extends Synced {
  id: string;
}

export type BodyOf<T extends OperationType> = Extract<OperationBody, { type: T }>;

export interface OperationOutcome {
  message: string | null;
  field: string | null;
  /** The server's copy, where an edit clashed. */
  current: Record<string, unknown> | null;
  receiptNumber: string | null;
  /** Why the officer took it back. */
  reason: string | null;
}

export type Operation = Omit<OperationRecord, "body" | "outcome"> & {
  body: OperationBody;
  outcome: OperationOutcome | null;
};

export const NO_OUTCOME: OperationOutcome = {
  message: null,
  field: null,
  current: null,
  receiptNumber: null,
  reason: null,
};

export type { ContributionType, NextOfKinInput, PaymentMethod };
