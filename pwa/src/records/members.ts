/** Members, with what the books say they have saved. */
import { fromDecimal } from "@tablebanking/common/money";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import type { MemberCopyFragment } from "../gen/graphql";
import { type Member, PAPERS, type Papers } from "../lib/model";
import { recordKind } from "./kind";

export const members = recordKind({
  store: "members",
  groupId: (member: Member) => member.groupId,
  fromNode: (node: MemberCopyFragment): Member => ({
    id: node.id,
    groupId: node.group.id,
    memberName: node.memberName,
    idNumber: node.idNumber,
    phone: plainPhone(node.phone),
    dateOfBirth: node.dateOfBirth,
    registrationDate: node.registrationDate,
    isActive: node.isActive,
    idVerified: node.idVerified,
    papers: papersOf(node.documents),
    identity: node.identityCheck && {
      at: node.identityCheck.checkedAt,
      how: node.identityCheck.how,
      by: node.identityCheck.checkedBy.name,
    },
    version: node.version,
    idSides: sidesOf(node.documents),
    nextOfKin: node.nextOfKin.map((kin) => ({ ...kin, phone: kin.phone && plainPhone(kin.phone) })),
    savings: {
      regular: fromDecimal(node.savingsSummary.regular),
      welfare: fromDecimal(node.savingsSummary.welfare),
      project: fromDecimal(node.savingsSummary.project),
      total: fromDecimal(node.savingsSummary.total),
    },
  }),
  older: (member: Member): Member => ({
    ...member,
    // Nobody is verified without pictures of both sides.
    papers: member.papers ?? null,
    identity: member.identity ?? null,
    idSides: member.idSides ?? (member.idVerified ? ["front", "back"] : []),
  }),
});

/** The sides of the ID card that the office has a picture of. */
function sidesOf(documents: MemberCopyFragment["documents"]): Member["idSides"] {
  const kinds = new Set(documents.map(({ kind }) => kind));
  return [
    ...(kinds.has("ID_FRONT") ? (["front"] as const) : []),
    ...(kinds.has("ID_BACK") ? (["back"] as const) : []),
  ];
}

/** They come with the newest first. */
function papersOf(documents: MemberCopyFragment["documents"]): Papers {
  const papers: Papers = {};
  for (const { id, kind, createdAt } of documents) {
    const paper = PAPERS.find((known) => known === kind);
    if (paper) papers[paper] ??= { id, at: createdAt };
  }
  return papers;
}

/** One form for all numbers, so that an edit does not see a change where there is none. */
export const plainPhone = (phone: string) => parseKenyanMobile(phone) ?? phone;
