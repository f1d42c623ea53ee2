/** What the forms about a person hold, what is wrong with it, and what of it is sent. */
import { parseKenyanMobile } from "@tablebanking/common/phone";
import type { InviteUserInput, Role, UpdateUserInput } from "../../gen/graphql";
import { t } from "../../i18n";
import type { PersonDetail } from "./people-api";
import { groupsOf } from "./people-words";

export type PersonValues = {
  name: string;
  phone: string;
  role: Role | "";
  groupIds: string[];
  memberId: string;
};

export const NOBODY: PersonValues = { name: "", phone: "", role: "", groupIds: [], memberId: "" };

export function valuesOf(person: PersonDetail): PersonValues {
  return {
    name: person.name,
    phone: person.phone,
    role: person.role,
    groupIds: person.assignedGroups.map(({ id }) => id),
    memberId: person.member?.id ?? "",
  };
}

export function checkPerson(values: PersonValues): Record<string, string> {
  const found: Record<string, string> = {};
  if (!values.name.trim()) found.name = t("form.required");
  if (!parseKenyanMobile(values.phone)) found.phone = t("form.phone");
  if (!values.role) found.role = t("form.required");
  if (groupsOf(values.role) === "one" && values.groupIds.length !== 1) {
    found.groupIds = t("picker.chooseGroup");
  }
  return found;
}

export function toInvitation(values: PersonValues): InviteUserInput {
  return {
    name: values.name.trim(),
    phone: parseKenyanMobile(values.phone) ?? values.phone,
    role: values.role as Role,
    groupIds: values.groupIds,
    memberId: values.memberId || null,
  };
}

/** Only what differs: what is left out stays as it is, whoever changed it meanwhile. */
export function toChanges(before: PersonValues, values: PersonValues): UpdateUserInput {
  const changed: UpdateUserInput = {};
  const phone = parseKenyanMobile(values.phone) ?? values.phone;
  if (values.name.trim() !== before.name) changed.name = values.name.trim();
  if (phone !== parseKenyanMobile(before.phone)) changed.phone = phone;
  if (values.role && values.role !== before.role) changed.role = values.role;
  const sorted = (ids: readonly string[]) => [...ids].sort().join();
  if (sorted(values.groupIds) !== sorted(before.groupIds)) changed.groupIds = values.groupIds;
  if (values.memberId && values.memberId !== before.memberId) changed.memberId = values.memberId;
  return changed;
}
