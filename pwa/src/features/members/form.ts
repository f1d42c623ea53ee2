/** What the member form checks, in plain words beside the field. */
import { ageOn, type IsoDate, parseDate } from "@tablebanking/common/dates";
import { formatPhone, parseKenyanMobile } from "@tablebanking/common/phone";
import { type Key, t } from "../../i18n";
import type { Member, NextOfKin } from "../../lib/model";
import type { Position } from "../../platform/geolocation";
import type { MemberChanges } from "../../state/actions";

export interface KinValues {
  /** Only to tell the rows of the form apart. */
  row: number;
  name: string;
  relationship: string;
  phone: string;
}

export interface Values {
  groupId: string;
  memberName: string;
  idNumber: string;
  phone: string;
  dateOfBirth: string;
  isActive: boolean;
  kin: KinValues[];
}

/** What is kept of a registration while it is typed, beside its pictures. */
export interface DraftForm {
  values: Values;
  geo: Position | null;
}

/** Nothing but the group, which stands there by itself. */
export const isBlank = ({ values, geo }: DraftForm): boolean =>
  geo === null && JSON.stringify({ ...values, groupId: "" }) === JSON.stringify(blankValues(""));

export type Errors = Partial<Record<keyof Values, string>> & { kinRows?: Record<number, string> };

export const blankValues = (groupId: string): Values => ({
  groupId,
  memberName: "",
  idNumber: "",
  phone: "",
  dateOfBirth: "",
  isActive: true,
  kin: [],
});

export function valuesOf(member: Member): Values {
  return {
    groupId: member.groupId,
    memberName: member.memberName,
    idNumber: member.idNumber,
    phone: formatPhone(member.phone),
    dateOfBirth: member.dateOfBirth ?? "",
    isActive: member.isActive,
    kin: member.nextOfKin.map((kin, row) => ({
      row,
      name: kin.name,
      relationship: kin.relationship,
      phone: kin.phone ? formatPhone(kin.phone) : "",
    })),
  };
}

const MIN_AGE = 18;
export const tidy = (text: string) => text.trim().replace(/\s+/g, " ");

export function check(
  values: Values,
  today: IsoDate,
  others: Iterable<Member>,
  memberId: string | null,
): Errors {
  const errors: Errors = {};
  const say = (field: keyof Values, key: Key) => {
    errors[field] = t(key);
  };
  if (!values.groupId) say("groupId", "form.groupMissing");
  if (tidy(values.memberName).length < 3) say("memberName", "form.nameMissing");
  if (!/^\d{6,10}$/.test(values.idNumber.trim())) say("idNumber", "form.idWrong");
  if (!parseKenyanMobile(values.phone)) say("phone", "form.phoneWrong");
  const born = values.dateOfBirth;
  if (born && (!parseDate(born) || born > today)) say("dateOfBirth", "form.bornWrong");
  else if (born && ageOn(born, today) < MIN_AGE) say("dateOfBirth", "form.tooYoung");
  for (const other of others) {
    const same = other.groupId === values.groupId && other.idNumber === values.idNumber.trim();
    if (same && other.id !== memberId) {
      errors.idNumber = t("form.idTaken", { name: other.memberName });
    }
  }
  for (const kin of values.kin) {
    if (!tidy(kin.name) || !tidy(kin.relationship)) {
      errors.kinRows = { ...errors.kinRows, [kin.row]: t("form.kinMissing") };
    } else if (kin.phone.trim() && !parseKenyanMobile(kin.phone)) {
      errors.kinRows = { ...errors.kinRows, [kin.row]: t("form.phoneWrong") };
    }
  }
  return errors;
}

export function countErrors({ kinRows, ...fields }: Errors): number {
  return Object.keys(fields).length + Object.keys(kinRows ?? {}).length;
}

/** The next of kin as they are sent. What the form does not show of a person is kept. */
export function kinOf(values: Values, before: readonly NextOfKin[] = []): NextOfKin[] {
  return values.kin.map((kin) => ({
    name: tidy(kin.name),
    relationship: tidy(kin.relationship),
    phone: parseKenyanMobile(kin.phone),
    idNumber: before.find((old) => old.name === tidy(kin.name))?.idNumber ?? null,
  }));
}

/** Only what differs from the member as shown. */
export function changesOf(member: Member, values: Values): MemberChanges {
  const wanted: MemberChanges = {
    memberName: tidy(values.memberName),
    phone: parseKenyanMobile(values.phone) ?? member.phone,
    dateOfBirth: values.dateOfBirth || null,
    nextOfKin: kinOf(values, member.nextOfKin),
    isActive: values.isActive,
  };
  const keys = Object.keys(wanted) as (keyof MemberChanges)[];
  const changed = keys.filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(member[key]));
  return Object.fromEntries(changed.map((key) => [key, wanted[key]]));
}
