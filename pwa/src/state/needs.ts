/** Whose approvals a loan needs, in words. */
import type { ApprovalRole } from "@tablebanking/common/approvals";
import { t } from "../i18n";

/** "you and two of the committee". */
export function namesOfRoles(roles: readonly ApprovalRole[]): string {
  const committee = roles.filter((role) => role === "GROUP_COMMITTEE").length;
  const names = [
    roles.includes("FIELD_OFFICER") && t("role.officer"),
    roles.includes("GROUP_CHAIR") && t("role.chair"),
    committee > 0 && t("role.committee", { count: committee }),
    roles.includes("SYSTEM_ADMIN") && t("role.admin"),
  ].filter((name) => name !== false);
  const last = names.pop() ?? "";
  return names.length > 0 ? t("list.and", { first: names.join(", "), last }) : last;
}

export const needsInWords = (roles: readonly ApprovalRole[]): string =>
  t("loan.needs", { who: namesOfRoles(roles) });
