/**
 * What the officer does. Each action writes the operation and the records it makes in one
 * transaction, and resolves once they are safely on this phone; then a run is asked for.
 */
import type { IsoDate } from "@tablebanking/common/dates";
import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, toDecimal } from "@tablebanking/common/money";
import { uuidv7 } from "@tablebanking/common/uuid";
import type {
  BodyOf,
  ContributionType,
  Member,
  NextOfKin,
  Operation,
  PaymentMethod,
} from "../lib/model";
import { seal } from "../store/crypto";
import type { DocumentRecord } from "../store/schema";
import {
  documentPlace,
  editOperation,
  enqueue,
  isEditable,
  isUnsent,
  type NewOperation,
  removeOperation,
  resend,
} from "../sync/outbox";
import { sealContribution, sealMember } from "../sync/records";
import { useData } from "./data";
import { contributionOf, memberOf } from "./restore";
import { openStore } from "./session";
import { syncSoon } from "./sync";

export interface Payment {
  memberId: string;
  kind: ContributionType;
  amount: Cents;
  method: PaymentMethod;
  transactionId: string | null;
}

/** One sheet: all its entries are written, or none. */
export async function recordContributions(
  groupId: string,
  payments: Payment[],
  date: IsoDate,
  draftKey: string,
): Promise<void> {
  const { store, dataKey } = openStore();
  const bodies = payments.map((payment) => contributionBody(groupId, payment, date));
  const operations = bodies.map((body): NewOperation => {
    const { id, memberId, offlineSyncId } = body.input;
    return { id: offlineSyncId, groupId, memberId, entityId: id, body };
  });
  const contributions = await Promise.all(
    bodies.map(async (body) =>
      sealContribution(dataKey, await contributionOf(body, groupId), true),
    ),
  );
  await enqueue(store, operations, { contributions, dropDrafts: [draftKey] });
  syncSoon();
}

function contributionBody(
  groupId: string,
  { memberId, kind, amount, method, transactionId }: Payment,
  date: IsoDate,
): BodyOf<"recordContribution"> {
  const { groups, members, byEntity } = useData.getState();
  const registration = byEntity.get(memberId);
  const onItsWay = registration?.type === "registerMember" && isUnsent(registration);
  return {
    type: "recordContribution",
    memberName: members.get(memberId)?.memberName ?? "",
    groupName: groups.get(groupId)?.name ?? "",
    input: {
      id: uuidv7(),
      offlineSyncId: uuidv7(),
      memberId,
      // The group says "final: book it even if nobody knows the member". While the registration
      // is on its way that would send good money to the office, so it is left out (design: Sync).
      ...(onItsWay ? {} : { groupId }),
      amount: toDecimal(amount),
      contributionType: kind,
      paymentMethod: method,
      contributionDate: date,
      ...(transactionId ? { transactionId } : {}),
    },
  };
}

export async function correctContribution(operation: Operation, payment: Payment): Promise<void> {
  const { body } = operation;
  if (body.type !== "recordContribution") return;
  const { store, dataKey } = openStore();
  const { transactionId: _old, ...input } = body.input;
  const corrected: BodyOf<"recordContribution"> = {
    ...body,
    input: {
      ...input,
      amount: toDecimal(payment.amount),
      contributionType: payment.kind,
      paymentMethod: payment.method,
      ...(payment.transactionId ? { transactionId: payment.transactionId } : {}),
    },
  };
  const row = await contributionOf(corrected, operation.groupId);
  const contributions = [await sealContribution(dataKey, row, true)];
  await editOperation(store, operation.id, corrected, { contributions });
  syncSoon();
}

export interface MemberForm {
  groupId: string;
  memberName: string;
  idNumber: string;
  phone: string;
  dateOfBirth: string | null;
  nextOfKin: NextOfKin[];
  geo: { latitude: number; longitude: number; accuracy: number } | null;
  idPhoto: string | null;
  signature: string | null;
}

/** The new member is there at once, and can be paid for. Returns the member's id. */
export async function registerMember(form: MemberForm, editing?: Operation): Promise<string> {
  const { store, dataKey } = openStore();
  const old = editing?.body.type === "registerMember" ? editing.body.input : null;
  const id = old?.id ?? uuidv7();
  const offlineSyncId = old?.offlineSyncId ?? uuidv7();
  const body: BodyOf<"registerMember"> = {
    type: "registerMember",
    groupName: useData.getState().groups.get(form.groupId)?.name ?? "",
    input: {
      id,
      offlineSyncId,
      groupId: form.groupId,
      memberName: form.memberName,
      idNumber: form.idNumber,
      phone: form.phone,
      dateOfBirth: form.dateOfBirth,
      nextOfKin: form.nextOfKin,
      registrationDate: old?.registrationDate ?? todayInNairobi(),
      ...(form.geo ? { geo: form.geo } : {}),
    },
  };
  const alongside = {
    members: [await sealMember(dataKey, memberOf(body), true)],
    documents: await sealDocuments(store.sealKey, offlineSyncId, form),
  };
  if (editing) await editOperation(store, offlineSyncId, body, alongside);
  else {
    const operation = {
      id: offlineSyncId,
      groupId: form.groupId,
      memberId: id,
      entityId: id,
      body,
    };
    await enqueue(store, [operation], alongside);
  }
  syncSoon();
  return id;
}

async function sealDocuments(
  sealKey: CryptoKey,
  operationId: string,
  form: Pick<MemberForm, "idPhoto" | "signature">,
): Promise<DocumentRecord[]> {
  const taken = (["idPhoto", "signature"] as const).filter((kind) => form[kind]);
  return Promise.all(
    taken.map(async (kind): Promise<DocumentRecord> => {
      // A picture that is taken again replaces the one before.
      const id = `${operationId}:${kind}`;
      const sealed = await seal(sealKey, documentPlace(id), form[kind]);
      return { id, operationId, kind, sealed };
    }),
  );
}

export type MemberChanges = Partial<
  Pick<Member, "memberName" | "phone" | "dateOfBirth" | "nextOfKin" | "isActive">
>;

/** Only what was changed is sent. An edit that still waits takes the new one in. */
export async function updateMember(member: Member, changes: MemberChanges): Promise<void> {
  const { store } = openStore();
  const { operations, groups } = useData.getState();
  const earlier = operations.findLast(
    (row) => row.type === "updateMember" && row.memberId === member.id && isEditable(row),
  );
  if (earlier?.body.type === "updateMember" && earlier.status === "waiting") {
    const { body } = earlier;
    await editOperation(store, earlier.id, {
      ...body,
      before: { ...pick(member, changes), ...body.before },
      input: { ...body.input, ...changes },
    });
  } else {
    const id = uuidv7();
    const body: BodyOf<"updateMember"> = {
      type: "updateMember",
      memberName: member.memberName,
      groupName: groups.get(member.groupId)?.name ?? "",
      before: pick(member, changes),
      input: {
        id: member.id,
        baseVersion: Math.max(1, member.version),
        offlineSyncId: id,
        ...changes,
      },
    };
    const operation = { id, groupId: member.groupId, memberId: member.id, entityId: id, body };
    await enqueue(store, [operation]);
  }
  syncSoon();
}

function pick(member: Member, changes: MemberChanges): Partial<Member> {
  const keys = Object.keys(changes) as (keyof MemberChanges)[];
  return Object.fromEntries(keys.map((key) => [key, member[key]]));
}

/** After a clash: what the officer wants to keep goes again, on top of the office's copy. */
export async function resolveConflict(
  operation: Operation,
  keep: MemberChanges,
  officeVersion: number,
): Promise<void> {
  const { store } = openStore();
  if (operation.body.type !== "updateMember") return;
  const { id, offlineSyncId } = operation.body.input;
  await editOperation(store, operation.id, {
    ...operation.body,
    input: { id, offlineSyncId, baseVersion: officeVersion, ...keep },
  });
  syncSoon();
}

export async function sendAgain(operation: Operation): Promise<void> {
  await resend(openStore().store, operation.id);
  syncSoon();
}

export async function takeBack(operation: Operation, reason: string): Promise<void> {
  await removeOperation(openStore().store, operation.id, reason);
}
