/** An edit that clashed, field by field. */
import { formatDate } from "@tablebanking/common/dates";
import { formatPhone } from "@tablebanking/common/phone";
import { t } from "../../i18n";
import type { NextOfKin, Operation } from "../../lib/model";
import { plainPhone } from "../../records/members";
import type { MemberChanges } from "../../state/actions";
import { usePrefs } from "../../state/prefs";

const FIELDS = ["memberName", "phone", "dateOfBirth", "nextOfKin", "isActive"] as const;
export type Field = (typeof FIELDS)[number];

export interface Clash {
  field: Field;
  mine: unknown;
  office: unknown;
  /** What stood on this phone when the officer changed it; undefined where that was not kept. */
  before: unknown;
}

/** What the officer changed and the office has differently. */
export function clashes({ body, outcome }: Operation): Clash[] {
  const current = outcome?.current;
  if (body.type !== "updateMember" || !current) return [];
  const mine: { [field in Field]?: unknown } = body.input;
  const before: { [field in Field]?: unknown } = body.before ?? {};
  return FIELDS.filter((field) => mine[field] !== undefined)
    .map((field) => ({
      field,
      mine: mine[field],
      office: tidy(field, current[field] ?? null),
      before: tidy(field, before[field]),
    }))
    .filter((clash) => JSON.stringify(clash.mine) !== JSON.stringify(clash.office));
}

/** Numbers in the phone's own form, so that only real differences are asked about. */
function tidy(field: Field, value: unknown): unknown {
  if (field === "phone" && typeof value === "string") return plainPhone(value);
  if (field !== "nextOfKin" || !Array.isArray(value)) return value;
  return (value as NextOfKin[]).map(({ name, relationship, phone, idNumber }) => ({
    name,
    relationship,
    phone: phone && plainPhone(phone),
    idNumber,
  }));
}

export function officeVersion({ outcome }: Operation): number | null {
  const version = outcome?.current?.version;
  return typeof version === "number" ? version : null;
}

/** Mine where it was chosen; fields that do not differ need not go again. */
export function kept(all: Clash[], chosen: ReadonlySet<Field>): MemberChanges {
  return Object.fromEntries(
    all.filter(({ field }) => chosen.has(field)).map(({ field, mine }) => [field, mine]),
  );
}

export function inWords(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === "") return t("conflict.none");
  switch (field) {
    case "isActive":
      return value === true ? t("conflict.yes") : t("conflict.no");
    case "phone":
      return formatPhone(String(value));
    case "dateOfBirth":
      return formatDate(String(value), usePrefs.getState().language);
    case "nextOfKin": {
      const kin = value as NextOfKin[];
      if (kin.length === 0) return t("conflict.none");
      return kin
        .map((one) =>
          [one.name, one.relationship, one.phone && formatPhone(one.phone)]
            .filter(Boolean)
            .join(", "),
        )
        .join("; ");
    }
    default:
      return String(value);
  }
}
