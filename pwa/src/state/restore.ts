/** After a forgotten PIN: members who exist only as unsent registrations are read from the outbox. */

import { todayInNairobi } from "@tablebanking/common/dates";
import { fromDecimal } from "@tablebanking/common/money";
import { receiptNumber } from "@tablebanking/common/receipt";
import type { BodyOf, Contribution, Member } from "../lib/model";
import type { UserStore } from "../store/user-store";
import { isUnsent, readOutbox } from "../sync/outbox";
import { sealContribution, sealMember } from "../sync/records";

export function memberOf({ input }: BodyOf<"registerMember">): Member {
  return {
    id: input.id,
    groupId: input.groupId,
    memberName: input.memberName,
    idNumber: input.idNumber,
    phone: input.phone,
    dateOfBirth: input.dateOfBirth ?? null,
    registrationDate: input.registrationDate ?? todayInNairobi(),
    isActive: true,
    idVerified: false,
    nextOfKin: (input.nextOfKin ?? []).map((kin) => ({
      name: kin.name,
      relationship: kin.relationship,
      phone: kin.phone ?? null,
      idNumber: kin.idNumber ?? null,
    })),
    version: 0,
    savings: null,
  };
}

export async function contributionOf(
  { input }: BodyOf<"recordContribution">,
  groupId: string,
): Promise<Contribution> {
  return {
    id: input.id,
    memberId: input.memberId,
    groupId,
    amount: fromDecimal(input.amount),
    kind: input.contributionType,
    method: input.paymentMethod,
    date: input.contributionDate ?? todayInNairobi(),
    receiptNumber: await receiptNumber(input.offlineSyncId),
    transactionId: input.transactionId ?? null,
    operationId: input.offlineSyncId,
  };
}

export async function restoreLocalMembers(store: UserStore, dataKey: CryptoKey): Promise<void> {
  const { operations } = await readOutbox(store);
  for (const operation of operations) {
    if (!isUnsent(operation) && operation.status !== "held") continue;
    if (operation.body.type === "registerMember") {
      await store.db.put("members", await sealMember(dataKey, memberOf(operation.body), true));
    } else if (operation.body.type === "recordContribution") {
      const row = await contributionOf(operation.body, operation.groupId);
      await store.db.put("contributions", await sealContribution(dataKey, row, true));
    }
  }
}
