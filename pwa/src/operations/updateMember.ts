import type { Member } from "../lib/model";
import { type Input, operationKind, type Synced } from "./kind";
import { kinOf } from "./registerMember";

export interface UpdateMemberBody {
  type: "updateMember";
  input: Synced<Input<"updateMember">>;
  memberName: string;
  groupName: string;
  /** What the officer saw when the edit was made: shows what was meant when it clashes. */
  before: Partial<Member>;
}

export const updateMember = operationKind<UpdateMemberBody>({
  type: "updateMember",
  words: ({ memberName }) => ({ key: "op.update", values: { name: memberName } }),
  about: ({ input }) => ({ entityId: input.id, memberId: input.id }),
  needs: ({ input }) => [input.id],
  changes: (body) => [
    { name: "members", id: body.input.id, change: (member) => edited(member, body) },
  ],
  editPath: ({ input }) => `/members/${input.id}/edit`,
});

function edited(member: Member, { input }: UpdateMemberBody): Member {
  const { memberName, phone, dateOfBirth, nextOfKin, isActive } = input;
  return {
    ...member,
    memberName: memberName ?? member.memberName,
    phone: phone ?? member.phone,
    dateOfBirth: dateOfBirth === undefined ? member.dateOfBirth : dateOfBirth,
    isActive: isActive ?? member.isActive,
    nextOfKin: nextOfKin ? nextOfKin.map(kinOf) : member.nextOfKin,
  };
}
