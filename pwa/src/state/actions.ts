/** What the officer does with payments and members; sending again and taking back anything. */
import type { IsoDate } from "@tablebanking/common/dates";
import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, toDecimal } from "@tablebanking/common/money";
import { uuidv7 } from "@tablebanking/common/uuid";
import type { IdentityMethod } from "../gen/graphql";
import type {
  BodyOf,
  ContributionType,
  Member,
  NextOfKin,
  Operation,
  PaymentMethod,
} from "../lib/model";
import { isEditable, removeOperation, resend } from "../sync/outbox";
import { useData } from "./data";
import { type Picture, sealPictures } from "./pictures";
import { correct, namesOf, newIds, record } from "./record";
import { REGISTRATION_DRAFTS } from "./registration-draft";
import { openStore } from "./session";
import { syncSoon } from "./sync";

export interface Payment {
  memberId: string;
  kind: ContributionType;
  amount: Cents;
  method: PaymentMethod;
  transactionId: string | null;
}

export function contributionBody(
  groupId: string,
  { memberId, kind, amount, method, transactionId }: Payment,
  date: IsoDate,
  meetingId: string | null = null,
): BodyOf<"recordContribution"> {
  return {
    type: "recordContribution",
    ...namesOf(groupId, memberId),
    input: {
      ...newIds(),
      memberId,
      amount: toDecimal(amount),
      contributionType: kind,
      paymentMethod: method,
      contributionDate: date,
      ...(transactionId ? { transactionId } : {}),
      ...(meetingId ? { meetingId } : {}),
    },
  };
}

export interface MemberForm {
  groupId: string;
  memberName: string;
  idNumber: string;
  phone: string;
  dateOfBirth: string | null;
  nextOfKin: NextOfKin[];
  geo: { latitude: number; longitude: number; accuracy: number } | null;
  pictures: Picture[];
}

/** The new member is there at once, and can be paid for. Returns the member's id. */
export async function registerMember(form: MemberForm, editing?: Operation): Promise<string> {
  const old = editing?.body.type === "registerMember" ? editing.body.input : null;
  const ids = old ? { id: old.id, offlineSyncId: old.offlineSyncId } : newIds();
  const body: BodyOf<"registerMember"> = {
    type: "registerMember",
    groupName: namesOf(form.groupId, "").groupName,
    input: {
      ...ids,
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
  const { id: memberId } = ids;
  const { groupId, memberName, pictures } = form;
  const along = await sealPictures({ id: memberId, groupId, memberName }, pictures);
  if (editing) await correct(editing.id, groupId, body, along);
  else await record(groupId, [body], { ...along, dropDrafts: REGISTRATION_DRAFTS });
  return ids.id;
}

/** The officer has looked at the card or its pictures. */
export async function verifyIdentity(
  member: Member,
  method: IdentityMethod,
  notes: string | null,
): Promise<void> {
  const input = { memberId: member.id, method, notes, offlineSyncId: uuidv7() };
  const names = namesOf(member.groupId, member.id);
  await record(member.groupId, [{ type: "verifyIdentity", ...names, input }]);
}

export type MemberChanges = Partial<
  Pick<Member, "memberName" | "phone" | "dateOfBirth" | "nextOfKin" | "isActive">
>;

/** Only what was changed is sent. An edit that still waits takes the new one in. */
export async function updateMember(member: Member, changes: MemberChanges): Promise<void> {
  const earlier = useData
    .getState()
    .operations.findLast(
      (row) => row.type === "updateMember" && row.memberId === member.id && isEditable(row),
    );
  if (earlier?.body.type === "updateMember" && earlier.status === "waiting") {
    const { body } = earlier;
    await correct(earlier.id, member.groupId, {
      ...body,
      before: { ...pick(member, changes), ...body.before },
      input: { ...body.input, ...changes },
    });
    return;
  }
  const body: BodyOf<"updateMember"> = {
    type: "updateMember",
    memberName: member.memberName,
    groupName: namesOf(member.groupId, "").groupName,
    before: pick(member, changes),
    input: {
      id: member.id,
      baseVersion: Math.max(1, member.version),
      offlineSyncId: uuidv7(),
      ...changes,
    },
  };
  await record(member.groupId, [body]);
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
  if (operation.body.type !== "updateMember") return;
  const { id, offlineSyncId } = operation.body.input;
  await correct(operation.id, operation.groupId, {
    ...operation.body,
    input: { id, offlineSyncId, baseVersion: officeVersion, ...keep },
  });
}

export async function sendAgain(operation: Operation): Promise<void> {
  await resend(openStore().store, operation.id);
  syncSoon();
}

export async function sendAllAgain(operations: readonly Operation[]): Promise<void> {
  const { store } = openStore();
  for (const { id } of operations) await resend(store, id);
  syncSoon();
}

export async function takeBack(operation: Operation, reason: string): Promise<void> {
  await removeOperation(openStore().store, operation.id, reason);
}
