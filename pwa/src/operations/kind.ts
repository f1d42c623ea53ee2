/**
 * What the phone must know about a kind of operation. A new kind is one file here, a line in
 * index.ts, and its words: storing, sealing, order, sending, the outbox and what a forgotten PIN
 * takes follow (docs/phone.md).
 */
import type { IsoDate } from "@tablebanking/common/dates";
import type { Cents } from "@tablebanking/common/money";
import type { PaymentMethod, SyncOperationInput } from "../gen/graphql";
import type { Key } from "../i18n";
import type { RecordName, RecordOf } from "../records";

/** What is sent, and the names that let the outbox speak of it when the member is gone. */
export interface Body {
  type: string;
  input: { offlineSyncId: string };
  memberName?: string;
  groupName?: string;
}

/** An input of the API under its own id, which the phone makes. */
export type Synced<Input> = Omit<Input, "offlineSyncId"> & { offlineSyncId: string };
/** The same, of something that gets an id of its own. */
export type Identified<Input> = Omit<Synced<Input>, "id"> & { id: string };
/** `Input<"applyForLoan">`: what syncBatch takes under that name. */
export type Input<Name extends string> = NonNullable<
  Extract<SyncOperationInput, { [name in Name]: object }>[Name]
>;

/** A line in the outbox, in whatever language: values that are words or days are said in it. */
export interface Line {
  key: Key;
  values?: Record<string, string | number | { key: Key } | { day: IsoDate }>;
}

/** A record that an operation makes on this phone. */
export type LocalRecord = {
  [Name in RecordName]: { name: Name; value: RecordOf<Name> };
}[RecordName];

/** What an operation that waits does to the copy of a record, when it is shown. */
export type Change = {
  [Name in RecordName]: {
    name: Name;
    id: string;
    change: (value: RecordOf<Name>) => RecordOf<Name>;
  };
}[RecordName];

export type Fund = "regular" | "welfare" | "project";

/** Money at a meeting: negative for what went out. */
export interface MeetingLine {
  meetingId: string;
  /** A ContributionType, a MovementKind, REPAYMENT or LOAN. */
  label: string;
  method: PaymentMethod;
  amount: Cents;
}

/** Money handed to the member, for their receipt. */
export interface Payout {
  what: Key;
  amount: Cents;
  method: PaymentMethod;
  transactionId: string | null;
  date: string | null;
}

export interface OperationKind<B extends Body> {
  type: B["type"];
  /** In words, for the outbox. Without: not listed, only counted, and forgotten once saved. */
  words?: (body: B) => Line;
  /** The record it makes or is about, and the member it is for ("" for none). */
  about: (body: B) => { entityId: string; memberId: string };
  /** What stands once it is in the books: an id, or "<id>:<state>" (sync/chain.ts). */
  makes?: (body: B) => string[];
  /** What must stand before. It is held back while that needs the officer. */
  needs?: (body: B) => string[];
  /** Written with it, and again after a forgotten PIN. */
  records?: (body: B, groupId: string) => LocalRecord[] | Promise<LocalRecord[]>;
  /** Laid over the server's copies until they know of it. */
  changes?: (body: B, operation: { groupId: string; timestamp: number }) => Change[];
  /**
   * Money that really moved: how it goes as the phone's last word, when nothing it rests on is
   * on its way (any more). Kinds without it are taken back together with what they rest on.
   */
  final?: (body: B, groupId: string) => B;
  /**
   * The kind of the record that is new in the books with it, under `entityId`. A copy of it from
   * the server settles what lay at the office.
   */
  makesRecord?: RecordName;
  /** Into (out of: negative) the box on the table. */
  cash?: (body: B) => Cents;
  /** Into (out of: negative) what the member has saved. */
  savings?: (body: B) => { memberId: string; fund: Fund; amount: Cents } | null;
  /** At which meeting's table it moved, and as which line of the minutes. */
  atMeeting?: (body: B) => MeetingLine | null;
  /** Of an operation that hands money to a member and makes no record of its own. */
  payout?: (body: B) => Payout;
  /** Where the officer corrects it; without, it is taken back and made anew. */
  editPath?: (body: B) => string;
  /** Somebody's own word, or place: nobody else can send it for them. */
  own?: true;
  /** Photos and signatures lie apart, and go up in its input. */
  hasDocuments?: boolean;
}

export const operationKind = <B extends Body>(kind: OperationKind<B>) => kind;

/** A way of paying that passes over the table. */
export const onTheTable = (method: string, amount: Cents): Cents =>
  method === "CASH" ? amount : 0;

/** The line of a payment that names a meeting. */
export const meetingLine = (
  input: { meetingId?: string | null; paymentMethod: PaymentMethod },
  label: string,
  amount: Cents,
): MeetingLine | null =>
  input.meetingId
    ? { meetingId: input.meetingId, label, method: input.paymentMethod, amount }
    : null;
