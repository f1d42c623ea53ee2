/** All kinds of operations, by the name under which syncBatch takes them. */
import { applyForLoan } from "./applyForLoan";
import { approveLoan } from "./approveLoan";
import { approveWelfare } from "./approveWelfare";
import { closeMeeting } from "./closeMeeting";
import { confirmMeeting } from "./confirmMeeting";
import { disburseLoan } from "./disburseLoan";
import type { Body, OperationKind } from "./kind";
import { openMeeting } from "./openMeeting";
import { payWelfare } from "./payWelfare";
import { recordAttendance } from "./recordAttendance";
import { recordContribution } from "./recordContribution";
import { recordMovement } from "./recordMovement";
import { recordRepayment } from "./recordRepayment";
import { registerMember } from "./registerMember";
import { rejectLoan } from "./rejectLoan";
import { rejectWelfare } from "./rejectWelfare";
import { requestWelfare } from "./requestWelfare";
import { trackOfficer } from "./trackOfficer";
import { updateMember } from "./updateMember";
import { verifyIdentity } from "./verifyIdentity";
import { withdrawSavings } from "./withdrawSavings";

export const OPERATIONS = {
  registerMember,
  updateMember,
  verifyIdentity,
  recordContribution,
  withdrawSavings,
  recordMovement,
  applyForLoan,
  approveLoan,
  rejectLoan,
  disburseLoan,
  recordRepayment,
  requestWelfare,
  approveWelfare,
  rejectWelfare,
  payWelfare,
  openMeeting,
  recordAttendance,
  closeMeeting,
  confirmMeeting,
  trackOfficer,
} as const;

export type OperationType = keyof typeof OPERATIONS;
type Bodies = {
  [Type in OperationType]: (typeof OPERATIONS)[Type] extends OperationKind<infer B> ? B : never;
};
export type OperationBody = Bodies[OperationType] & {
  /** The colleague who recorded it, where it was taken over. */
  takenFrom?: string;
};
export type BodyOf<Type extends OperationType> = Bodies[Type];

/** The kind without its types; null for what a newer version of the app has left on this phone. */
export function kindOf(type: string): OperationKind<Body> | null {
  const known = Object.hasOwn(OPERATIONS, type) ? OPERATIONS[type as OperationType] : null;
  return known as unknown as OperationKind<Body> | null;
}
