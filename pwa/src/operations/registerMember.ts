import { todayInNairobi } from "@tablebanking/common/dates";
import type { Member } from "../lib/model";
import { type Identified, type Input, operationKind } from "./kind";

export interface RegisterMemberBody {
  type: "registerMember";
  input: Identified<Input<"registerMember">>;
  groupName: string;
}

export const registerMember = operationKind<RegisterMemberBody>({
  type: "registerMember",
  words: ({ input }) => ({ key: "op.register", values: { name: input.memberName } }),
  about: ({ input }) => ({ entityId: input.id, memberId: input.id }),
  makes: ({ input }) => [input.id],
  records: (body) => [{ name: "members", value: memberOf(body) }],
  makesRecord: "members",
  editPath: ({ input }) => `/members/${input.id}/edit`,
  hasDocuments: true,
});

export function memberOf({ input }: RegisterMemberBody): Member {
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
    idSides: [],
    papers: {},
    identity: null,
    nextOfKin: (input.nextOfKin ?? []).map(kinOf),
    version: 0,
    savings: null,
  };
}

type Kin = NonNullable<RegisterMemberBody["input"]["nextOfKin"]>[number];

export const kinOf = (kin: Kin) => ({
  name: kin.name,
  relationship: kin.relationship,
  phone: kin.phone ?? null,
  idNumber: kin.idNumber ?? null,
});
