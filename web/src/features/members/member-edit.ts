/** What of a member was edited, and what clashes as one. Pure, so that it is tested alone. */
import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { isSame, type Units } from "../../components/edit-clash";
import type { NextOfKinInput, UpdateMemberInput } from "../../gen/graphql";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";

export type Kin = { name: string; relationship: string; phone: string; idNumber: string };
export type Values = {
  memberName: string;
  phone: string;
  /** ISO, or "". */
  dateOfBirth: string;
  state: "ACTIVE" | "LEFT";
  nextOfKin: readonly Kin[];
};
export type FieldName = keyof Values;

export const NO_KIN: Kin = { name: "", relationship: "", phone: "", idNumber: "" };
/** As many as the server takes. */
export const MOST_KIN = 10;

type Facts = {
  memberName?: string;
  phone?: string;
  dateOfBirth?: string | null;
  isActive?: boolean;
  nextOfKin?: readonly {
    name: string;
    relationship: string;
    phone?: string | null;
    idNumber?: string | null;
  }[];
};

/** Of the register's member, and of the copy that a CONFLICT brings. */
export function toValues(member: Facts): Values {
  return {
    memberName: member.memberName ?? "",
    phone: member.phone ? formatPhone(member.phone) : "",
    dateOfBirth: member.dateOfBirth ?? "",
    state: member.isActive === false ? "LEFT" : "ACTIVE",
    nextOfKin: (member.nextOfKin ?? []).map(({ name, relationship, phone, idNumber }) => ({
      name,
      relationship,
      phone: phone ? formatPhone(phone) : "",
      idNumber: idNumber ?? "",
    })),
  };
}

/** Only what differs is sent, so that edits of different fields merge. */
export function changesOf(
  before: Values,
  after: Values,
): Omit<UpdateMemberInput, "id" | "baseVersion"> {
  const changed = (name: FieldName) => !isSame(before[name], after[name]);
  return {
    ...(changed("memberName") && { memberName: after.memberName.trim() }),
    ...(changed("phone") && { phone: parseKenyanMobile(after.phone) ?? after.phone }),
    ...(changed("dateOfBirth") && { dateOfBirth: after.dateOfBirth || null }),
    ...(changed("nextOfKin") && { nextOfKin: after.nextOfKin.map(kinInput) }),
    ...(changed("state") && { isActive: after.state === "ACTIVE" }),
  };
}

function kinInput({ name, relationship, phone, idNumber }: Kin): NextOfKinInput {
  return {
    name: name.trim(),
    relationship: relationship.trim(),
    phone: phone.trim() ? (parseKenyanMobile(phone) ?? phone) : null,
    idNumber: idNumber.trim() || null,
  };
}

export function check(values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  if (!values.memberName.trim()) found.memberName = t("form.required");
  if (!parseKenyanMobile(values.phone)) found.phone = t("form.phone");
  for (const [number, kin] of values.nextOfKin.entries()) {
    const at = `nextOfKin.${number}`;
    if (!kin.name.trim()) found[`${at}.name`] = t("form.required");
    if (!kin.relationship.trim()) found[`${at}.relationship`] = t("form.required");
    if (kin.phone.trim() && !parseKenyanMobile(kin.phone)) found[`${at}.phone`] = t("form.phone");
  }
  return found;
}

export const UNITS: Units<Values> = {
  memberName: { label: "register.name", fields: ["memberName"] },
  phone: { label: "register.phone", fields: ["phone"] },
  dateOfBirth: { label: "register.birthday", fields: ["dateOfBirth"] },
  nextOfKin: { label: "register.kin", fields: ["nextOfKin"] },
  state: { label: "members.state", fields: ["state"] },
};

export function shown(fields: readonly FieldName[], values: Values): string {
  return fields.map((field) => inWords(field, values)).join(", ");
}

function inWords(field: FieldName, values: Values): string {
  if (field === "dateOfBirth") return values.dateOfBirth && plainDate(values.dateOfBirth);
  if (field === "state") return t(values.state === "ACTIVE" ? "members.active" : "members.left");
  if (field !== "nextOfKin") return values[field];
  return values.nextOfKin
    .map(({ name, relationship, phone, idNumber }) =>
      [name, relationship, phone, idNumber].filter(Boolean).join(", "),
    )
    .join("; ");
}
