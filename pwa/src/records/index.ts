/** All kinds of records, by the name of their list in `changes`. */
import { contributions } from "./contributions";
import { fineCharges } from "./fineCharges";
import { groups } from "./groups";
import type { RecordKind } from "./kind";
import { loans } from "./loans";
import { meetings } from "./meetings";
import { members } from "./members";
import { movements } from "./movements";
import { repayments } from "./repayments";
import { reviewItems } from "./reviewItems";
import { welfareRequests } from "./welfareRequests";

export const RECORDS = {
  groups,
  members,
  contributions,
  loans,
  repayments,
  movements,
  fineCharges,
  meetings,
  welfareRequests,
  reviewItems,
} as const;

export type RecordName = keyof typeof RECORDS;
export type RecordOf<Name extends RecordName> = ReturnType<(typeof RECORDS)[Name]["fromNode"]>;

export const RECORD_NAMES = Object.keys(RECORDS) as RecordName[];

/** The kind without its types, for code that treats all kinds alike. */
export const recordKindOf = (name: RecordName) =>
  RECORDS[name] as unknown as RecordKind<{ id: string }, unknown>;
