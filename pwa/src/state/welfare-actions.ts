/** What the officer does with payouts from the welfare fund. */
import type { IsoDate } from "@tablebanking/common/dates";
import { type Cents, toDecimal } from "@tablebanking/common/money";
import { cleanText } from "@tablebanking/common/signing";
import { uuidv7 } from "@tablebanking/common/uuid";
import type { SignatureInput } from "../gen/graphql";
import type { WelfareRequest } from "../records/welfareRequests";
import type { Paid } from "./loan-actions";
import { namesOf, newIds, record } from "./record";

export async function requestWelfare(
  member: { id: string; groupId: string },
  amount: Cents,
  reason: string,
  date: IsoDate,
): Promise<string> {
  const ids = newIds();
  await record(member.groupId, [
    {
      type: "requestWelfare",
      ...namesOf(member.groupId, member.id),
      input: {
        ...ids,
        memberId: member.id,
        amount: toDecimal(amount),
        reason: cleanText(reason),
        requestDate: date,
      },
    },
  ]);
  return ids.id;
}

const about = (request: WelfareRequest) => ({
  memberId: request.memberId,
  ...namesOf(request.groupId, request.memberId),
  amount: request.amount,
});

/** The officer's own approval, or with a signature the chair's, made on this phone. */
export async function approveWelfare(
  request: WelfareRequest,
  by: { id: string; name: string },
  signature: SignatureInput | null = null,
): Promise<void> {
  await record(request.groupId, [
    {
      type: "approveWelfare",
      ...about(request),
      role: signature ? "GROUP_CHAIR" : "FIELD_OFFICER",
      by,
      input: {
        requestId: request.id,
        offlineSyncId: uuidv7(),
        ...(signature ? { signature } : {}),
      },
    },
  ]);
}

export async function rejectWelfare(request: WelfareRequest, reason: string): Promise<void> {
  await record(request.groupId, [
    {
      type: "rejectWelfare",
      ...about(request),
      input: { requestId: request.id, reason, offlineSyncId: uuidv7() },
    },
  ]);
}

export async function payWelfare(request: WelfareRequest, paid: Paid): Promise<void> {
  await record(request.groupId, [
    {
      type: "payWelfare",
      ...about(request),
      input: {
        requestId: request.id,
        offlineSyncId: uuidv7(),
        paymentMethod: paid.method,
        paymentDate: paid.date,
        ...(paid.transactionId ? { transactionId: paid.transactionId } : {}),
        ...(paid.meetingId ? { meetingId: paid.meetingId } : {}),
      },
    },
  ]);
}
