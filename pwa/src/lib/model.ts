/** What the app works with once a record is opened: plain values, money in cents. */
import type { Cents } from "@tablebanking/common/money";
import type {
  ContributionType,
  DocumentKind,
  IdentityMethod,
  NextOfKinInput,
  PaymentMethod,
  ReviewKind,
  ReviewStatus,
} from "../gen/graphql";
import type { BodyOf, OperationBody, OperationType } from "../operations";
import type { GroupTerms } from "../records/groups";
import type { OperationRecord, UploadRecord } from "../store/schema";

export const KINDS = [
  "REGULAR",
  "WELFARE",
  "PROJECT",
  "FINE",
  "REGISTRATION",
  "APPRECIATION",
] as const satisfies readonly ContributionType[];
/** A column of the collection sheet. */
export type SheetKind = ContributionType | "REPAYMENT";
export const SHEET_KINDS = [
  "REGULAR",
  "WELFARE",
  "FINE",
  "REPAYMENT",
  "PROJECT",
  "REGISTRATION",
  "APPRECIATION",
] as const satisfies readonly SheetKind[];
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
  /** The money on the table as the books have it; null in a copy of an older version. */
  cashBalance: Cents | null;
  terms: GroupTerms | null;
}

export const PAPERS = [
  "ID_FRONT",
  "ID_BACK",
  "PHOTO",
  "SIGNATURE",
] as const satisfies readonly DocumentKind[];
export type PaperKind = (typeof PAPERS)[number];
export type Papers = { [kind in PaperKind]?: { id: string; at: string } };

export interface Identity {
  at: string;
  how: IdentityMethod | null;
  by: string;
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
  /** The sides of the ID card that there is a picture of. */
  idSides: ("front" | "back")[];
  /** The newest of each kind that the server has; null in a copy of an older version. */
  papers: Papers | null;
  /** Who looked at the papers last. */
  identity: Identity | null;
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
  /** Missing in what an older version of the app has kept, null where it has no receipt of ours. */
  receiptCode?: string | null;
  transactionId: string | null;
  operationId: string | null;
}

export interface OperationOutcome {
  message: string | null;
  field: string | null;
  /** The server's copy, where an edit clashed. */
  current: Record<string, unknown> | null;
  receiptNumber: string | null;
  /** Why the officer took it back. */
  reason: string | null;
  /** Every rule that stood against it, where there was more than one. */
  details: { code: string; message: string }[];
  /** What the office decided about it, or asks. */
  office: OfficeWord | null;
}

export interface OfficeWord {
  status: ReviewStatus;
  /** A ReviewAction, or RESOLVED; null while it is open. */
  decision: string | null;
  note: string | null;
  at: string | null;
  /** Missing in what an older version of the app has kept. */
  kind?: ReviewKind;
}

export type Operation = Omit<OperationRecord, "body" | "outcome" | "type"> & {
  type: OperationType;
  body: OperationBody;
  outcome: OperationOutcome | null;
};

/** A picture on its way, with the names to speak of it. */
export type Upload = Omit<UploadRecord, "info"> & {
  memberName: string;
  groupName: string;
  message: string | null;
};

export const NO_OUTCOME: OperationOutcome = {
  message: null,
  field: null,
  current: null,
  receiptNumber: null,
  reason: null,
  details: [],
  office: null,
};

export type {
  BodyOf,
  ContributionType,
  NextOfKinInput,
  OperationBody,
  OperationType,
  PaymentMethod,
};
