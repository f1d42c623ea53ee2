/** Opening and sealing members, groups and contributions under the data key. */
import { fromDecimal } from "@tablebanking/common/money";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import type { ChangesQuery } from "../gen/graphql";
import type { Contribution, Group, Member } from "../lib/model";
import { seal, unseal } from "../store/crypto";
import type { ContributionRecord, SealedRecord, UserDb } from "../store/schema";
import type { UserStore } from "../store/user-store";

type Changes = ChangesQuery["changes"];

export async function sealMember(
  dataKey: CryptoKey,
  member: Member,
  local: boolean,
): Promise<SealedRecord> {
  const sealed = await seal(dataKey, `members:${member.id}`, member);
  return { id: member.id, groupId: member.groupId, local, sealed };
}

export async function sealContribution(
  dataKey: CryptoKey,
  row: Contribution,
  local: boolean,
): Promise<ContributionRecord> {
  const sealed = await seal(dataKey, `contributions:${row.id}`, row);
  return { id: row.id, groupId: row.groupId, memberId: row.memberId, local, sealed };
}

export async function sealGroup(
  dataKey: CryptoKey,
  group: Group,
): Promise<UserDb["groups"]["value"]> {
  return { id: group.id, sealed: await seal(dataKey, `groups:${group.id}`, group) };
}

export const openMember = (dataKey: CryptoKey, row: SealedRecord) =>
  unseal<Member>(dataKey, `members:${row.id}`, row.sealed);

export const openContribution = (dataKey: CryptoKey, row: ContributionRecord) =>
  unseal<Contribution>(dataKey, `contributions:${row.id}`, row.sealed);

export const openGroup = (dataKey: CryptoKey, row: UserDb["groups"]["value"]) =>
  unseal<Group>(dataKey, `groups:${row.id}`, row.sealed);

export async function readContributions(
  store: UserStore,
  dataKey: CryptoKey,
  index: "groupId" | "memberId",
  id: string,
): Promise<Contribution[]> {
  const rows = await store.db.getAllFromIndex("contributions", index, id);
  const opened = await Promise.all(rows.map((row) => openContribution(dataKey, row)));
  return opened.sort((a, b) => b.date.localeCompare(a.date) || b.id.localeCompare(a.id));
}

export function toGroup(node: Changes["groups"][number]): Group {
  return {
    id: node.id,
    name: node.name,
    groupCode: node.groupCode,
    county: node.county,
    ward: node.ward,
    meetingDay: node.meetingDay,
    meetingVenue: node.meetingVenue,
    active: node.status === "ACTIVE",
    minimumSaving: fromDecimal(node.settings.minimumSaving),
  };
}

export function toMember(node: Changes["members"][number]): Member {
  const { regular, welfare, project, total } = node.savingsSummary;
  return {
    id: node.id,
    groupId: node.group.id,
    memberName: node.memberName,
    idNumber: node.idNumber,
    phone: plainPhone(node.phone),
    dateOfBirth: node.dateOfBirth,
    registrationDate: node.registrationDate,
    isActive: node.isActive,
    idVerified: node.idVerified,
    version: node.version,
    nextOfKin: node.nextOfKin.map((kin) => ({ ...kin, phone: kin.phone && plainPhone(kin.phone) })),
    savings: {
      regular: fromDecimal(regular),
      welfare: fromDecimal(welfare),
      project: fromDecimal(project),
      total: fromDecimal(total),
    },
  };
}

/** One form for all numbers, so that an edit does not see a change where there is none. */
export const plainPhone = (phone: string) => parseKenyanMobile(phone) ?? phone;

export function toContribution(node: Changes["contributions"][number]): Contribution {
  return {
    id: node.id,
    memberId: node.member.id,
    groupId: node.member.group.id,
    amount: fromDecimal(node.amount),
    kind: node.contributionType,
    method: node.paymentMethod,
    date: node.contributionDate,
    receiptNumber: node.receiptNumber,
    transactionId: null,
    operationId: node.offlineSyncId,
  };
}
